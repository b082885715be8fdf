"""venv/bin/python documents.py FILE QUERY"""

import os
import sys
from pathlib import Path
from typing import NoReturn, Union

from openapi_client import (
    ApiClient,
    ApiException,
    BillingType,
    Configuration,
    Status,
    StatusResponse,
    UploadedFiles,
    WorkspaceApi,
    WorkspaceDocuments,
)

path = Path(sys.argv[1])
query = sys.argv[2]
# The generated client sends the token in the header Authorization.
configuration = Configuration(
    host=os.environ["MARKSIGN_BASE_URL"], access_token=os.environ["MARKSIGN_ACCESS_TOKEN"]
)


def refused(http_status: int, response: Union[UploadedFiles, WorkspaceDocuments, StatusResponse]) -> NoReturn:
    print("refused", http_status, response.message)
    sys.exit()


def upload_and_list(api: WorkspaceApi) -> None:
    uploaded = api.upload_document_v2((path.name, path.read_bytes()), BillingType.EACH_SIGNER)
    if uploaded.status is not Status.OK:
        refused(200, uploaded)
    if not uploaded.data:
        raise ValueError("The gateway took the request, and no document")
    print("uploaded", uploaded.data[0].uuid)

    documents = api.list_documents(query=query)
    if documents.status is not Status.OK:
        refused(200, documents)
    for document in documents.data or []:
        name = document.filename.get_secret_value() if document.filename else ""
        print(name, document.status)
    print(documents.total, "in all")


with ApiClient(configuration) as client:
    try:
        upload_and_list(WorkspaceApi(client))
    except ApiException as e:
        # For any HTTP status other than 2xx, the exception contains the refusal, already parsed.
        if not isinstance(e.data, StatusResponse):
            raise
        refused(e.status, e.data)
