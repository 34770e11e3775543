"""Scans: pages whose text is a picture. Import nothing of this room where the extra `ocr` may not be installed."""
