// bin/remove en SESSION_ID
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	marksign "marksign.lt/oapi-codegen/generated"
)

// remove returns the HTTP status and the gateway's response.
func remove(ctx context.Context, language, sessionID string) (int, *marksign.StatusResponse, error) {
	client, err := marksign.NewClientWithResponses(os.Getenv("MARKSIGN_BASE_URL"))
	if err != nil {
		return 0, nil, err
	}
	body := marksign.AccessTokenRequest{AccessToken: os.Getenv("MARKSIGN_ACCESS_TOKEN")}

	if language == "en" {
		response, err := client.RemoveSmartIdSessionEnWithResponse(ctx, sessionID, body)
		if err != nil {
			return 0, nil, err
		}
		return firstBody(response.StatusCode(), response.JSON200, response.JSON4XX, response.JSONDefault)
	}
	response, err := client.RemoveSmartIdSessionWithResponse(ctx, sessionID, body)
	if err != nil {
		return 0, nil, err
	}
	return firstBody(response.StatusCode(), response.JSON200, response.JSON4XX, response.JSONDefault)
}

// firstBody returns the only body that is not nil. The HTTP status decides which one it is.
func firstBody(httpStatus int, bodies ...*marksign.StatusResponse) (int, *marksign.StatusResponse, error) {
	for _, body := range bodies {
		if body != nil {
			return httpStatus, body, nil
		}
	}
	return 0, nil, fmt.Errorf("HTTP %d without a response body", httpStatus)
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
	if response.Status == marksign.StatusOk {
		fmt.Println("removed")
		return
	}
	code := "-"
	if response.ErrorCode != nil {
		code = fmt.Sprint(*response.ErrorCode)
	}
	message := ""
	if response.Message != nil {
		message = *response.Message
	}
	fmt.Println("refused", httpStatus, code, message)
}
