// bin/remove en SESSION_ID
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"

	marksign "github.com/GIT_USER_ID/GIT_REPO_ID"
)

// remove returns the HTTP status and the gateway's response.
func remove(ctx context.Context, language, sessionID string) (int, *marksign.StatusResponse, error) {
	configuration := marksign.NewConfiguration()
	configuration.Servers = marksign.ServerConfigurations{{URL: os.Getenv("MARKSIGN_BASE_URL")}}
	sessions := marksign.NewAPIClient(configuration).SmartIdSessionsAPI
	token := *marksign.NewAccessTokenRequest(os.Getenv("MARKSIGN_ACCESS_TOKEN"))

	execute := sessions.RemoveSmartIdSession(ctx, sessionID).AccessTokenRequest(token).Execute
	if language == "en" {
		execute = sessions.RemoveSmartIdSessionEn(ctx, sessionID).AccessTokenRequest(token).Execute
	}
	body, response, err := execute()

	// For any HTTP status other than 2xx, the error contains the refusal, already parsed.
	var refused *marksign.GenericOpenAPIError
	if errors.As(err, &refused) {
		if refusal, ok := refused.Model().(marksign.StatusResponse); ok {
			return response.StatusCode, &refusal, nil
		}
	}
	if err != nil {
		return 0, nil, err
	}
	return response.StatusCode, body, nil
}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("Give a language and a session id")
	}
	httpStatus, response, err := remove(context.Background(), os.Args[1], os.Args[2])
	if err != nil {
		log.Fatal(err)
	}

	// Only the field status says that the session is removed. The HTTP status alone does not.
	if response.Status == marksign.STATUS_OK {
		fmt.Println("removed")
		return
	}
	code := "-"
	if response.ErrorCode != nil {
		code = fmt.Sprint(*response.ErrorCode)
	}
	fmt.Println("refused", httpStatus, code, response.GetMessage())
}
