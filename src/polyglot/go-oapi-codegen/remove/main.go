// bin/remove en SESSION_ID
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	marksign "marksign.lt/oapi-codegen/generated"
)

// remove returns the HTTP status and the gateway's answer.
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
		return answered(response.StatusCode(), response.JSON200, response.JSON4XX, response.JSONDefault)
	}
	response, err := client.RemoveSmartIdSessionWithResponse(ctx, sessionID, body)
	if err != nil {
		return 0, nil, err
	}
	return answered(response.StatusCode(), response.JSON200, response.JSON4XX, response.JSONDefault)
}

// answered returns the one that is there: it depends on the HTTP status which that is.
func answered(httpStatus int, answers ...*marksign.StatusResponse) (int, *marksign.StatusResponse, error) {
	for _, answer := range answers {
		if answer != nil {
			return httpStatus, answer, nil
		}
	}
	return 0, nil, fmt.Errorf("HTTP %d without an answer", httpStatus)
}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("Give a language and a session id")
	}
	httpStatus, answer, err := remove(context.Background(), os.Args[1], os.Args[2])
	if err != nil {
		log.Fatal(err)
	}

	// Only the field says that it is removed, never the HTTP status alone.
	if answer.Status == marksign.StatusOk {
		fmt.Println("removed")
		return
	}
	code := "-"
	if answer.ErrorCode != nil {
		code = fmt.Sprint(*answer.ErrorCode)
	}
	message := ""
	if answer.Message != nil {
		message = *answer.Message
	}
	fmt.Println("refused", httpStatus, code, message)
}
