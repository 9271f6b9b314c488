"""The outside world, in: the only place that knows boto3 or botocore, or opens a socket."""
