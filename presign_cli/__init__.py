"""`presign`: sign, explain, repair and verify Amazon S3 pre-signed URLs."""

__version__ = "1.0.0"
