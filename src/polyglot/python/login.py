"""venv/bin/python login.py PERSONAL_CODE COUNTRY"""

import os
import sys
import time
from typing import NoReturn, Union

from openapi_client import (
    AccessTokenRequest,
    ApiClient,
    ApiException,
    BegunSession,
    CheckStatus,
    Configuration,
    Country,
    Identification,
    SmartIdAuthenticationRequest,
    SmartIdSessionsApi,
    Status,
    StatusResponse,
)

code, country = sys.argv[1:]
access_token = os.environ["MARKSIGN_ACCESS_TOKEN"]


def refused(http_status: int, response: Union[BegunSession, Identification, StatusResponse]) -> NoReturn:
    print("refused", http_status, "-" if response.error_code is None else response.error_code, response.message)
    sys.exit()


def login(api: SmartIdSessionsApi) -> Identification:
    begun = api.init_smart_id_authentication_en(
        SmartIdAuthenticationRequest(access_token=access_token, code=code, country=Country(country))
    )
    if begun.status is not Status.OK:
        refused(200, begun)
    if begun.token is None or begun.control_code is None:
        raise ValueError("The gateway began a session and did not name it")
    # The person compares this code with the one on the phone.
    print("control code", begun.control_code.get_secret_value())

    while True:
        response = api.check_smart_id_authentication_en(begun.token, AccessTokenRequest(access_token=access_token))
        if response.status is CheckStatus.ERROR:
            refused(200, response)
        if response.status is CheckStatus.OK:
            break
        print("waiting")
        time.sleep(1)

    if response.code is None or response.code.get_secret_value().replace("-", "") != code.replace("-", ""):
        raise ValueError("Somebody else identified")
    return response


with ApiClient(Configuration(host=os.environ["MARKSIGN_BASE_URL"])) as client:
    try:
        person = login(SmartIdSessionsApi(client))
    except ApiException as e:
        # For any HTTP status other than 2xx, the exception contains the refusal, already parsed.
        if not isinstance(e.data, StatusResponse):
            raise
        refused(e.status, e.data)

# Personal data prints as asterisks without get_secret_value().
print(*(name.get_secret_value() for name in (person.name, person.surname) if name))
