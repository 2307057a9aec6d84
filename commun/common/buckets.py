"""Files kept by a server of S3's protocol, for several machines (`MEDIA_STORAGE_URL`, `PRIVATE_STORAGE_URL`).

Nobody outside is told of it: public files keep their address under `/media/`, where a view of ours reads them; private
ones have none. The bucket itself needs no public rule. `requirements/several.txt` has the libraries.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from botocore.config import Config
from django.conf import settings
from storages.backends.s3 import S3Storage

CONNECT_SECONDS, READ_SECONDS, ATTEMPTS = 3, 10, 2


class _Bucket(S3Storage):
    def __init__(self, bucket: Any) -> None:
        super().__init__(
            access_key=bucket.access_key,
            secret_key=bucket.secret_key,
            bucket_name=bucket.name,
            location=bucket.folder,
            endpoint_url=bucket.endpoint,
            region_name=bucket.region or None,
            default_acl=None,
            file_overwrite=False,
            # Above this, a file being read waits on the disk and not in memory.
            max_memory_size=2 * 1024 * 1024,
            client_config=Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                connect_timeout=CONNECT_SECONDS,
                read_timeout=READ_SECONDS,
                retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
                # Servers that are not Amazon's know no newer one.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )


class MediaBucket(_Bucket):
    def __init__(self) -> None:
        super().__init__(settings.MEDIA_BUCKET)

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        return f"{settings.MEDIA_URL}{quote(name)}"


class PrivateBucket(_Bucket):
    def __init__(self) -> None:
        super().__init__(settings.PRIVATE_BUCKET)

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        # What Django and Wagtail expect of a storage that serves nothing.
        raise NotImplementedError("a private file has no address")
