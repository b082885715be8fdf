// bin/status DOCUMENT_ID
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	marksign "marksign.lt/oapi-codegen/generated"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("Give a document's id")
	}
	client, err := marksign.NewClientWithResponses(os.Getenv("MARKSIGN_BASE_URL"))
	if err != nil {
		log.Fatal(err)
	}
	response, err := client.CheckDocumentStatusEnWithResponse(context.Background(), os.Args[1],
		&marksign.CheckDocumentStatusEnParams{AccessToken: os.Getenv("MARKSIGN_ACCESS_TOKEN")})
	if err != nil {
		log.Fatal(err)
	}
	switch {
	case response.JSON200 != nil && response.JSON200.Data != nil:
		fmt.Println(response.JSON200.Data.DocumentStatus)
	case response.JSON4XX != nil && response.JSON4XX.Message != nil:
		fmt.Println("refused", response.StatusCode(), *response.JSON4XX.Message)
	default:
		log.Fatal(response.Status())
	}
}
