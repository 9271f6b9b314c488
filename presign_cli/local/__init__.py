"""The local S3 server that `demo` and the tests start."""
