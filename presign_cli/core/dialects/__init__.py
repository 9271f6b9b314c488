"""The dialects of signed links, one file each: recognise a link and decode it to `Presigned`."""
