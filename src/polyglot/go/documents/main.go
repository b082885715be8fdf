// bin/documents FILE QUERY
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"

	marksign "github.com/GIT_USER_ID/GIT_REPO_ID"
)

// refusal is the gateway's refusal, under any HTTP status.
type refusal struct {
	httpStatus int
	message    string
}

func (r *refusal) Error() string {
	return fmt.Sprint("refused ", r.httpStatus, " ", r.message)
}

// refusalOrError returns the refusal in err if there is one, and otherwise err.
func refusalOrError(response *http.Response, err error) error {
	// For any HTTP status other than 2xx, the error contains the refusal, already parsed.
	var unsuccessful *marksign.GenericOpenAPIError
	if errors.As(err, &unsuccessful) {
		if body, ok := unsuccessful.Model().(marksign.StatusResponse); ok {
			return &refusal{response.StatusCode, body.GetMessage()}
		}
	}
	return err
}

func uploadAndList(path, query string) error {
	configuration := marksign.NewConfiguration()
	configuration.Servers = marksign.ServerConfigurations{{URL: os.Getenv("MARKSIGN_BASE_URL")}}
	workspace := marksign.NewAPIClient(configuration).WorkspaceAPI
	// The generated client sends the token in the header Authorization.
	ctx := context.WithValue(context.Background(), marksign.ContextAccessToken, os.Getenv("MARKSIGN_ACCESS_TOKEN"))

	// The generated client closes the file.
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	uploaded, response, err := workspace.UploadDocumentV2(ctx).Files(file).BillingType(marksign.BILLINGTYPE_EACH_SIGNER).Execute()
	if err != nil {
		return refusalOrError(response, err)
	}
	if uploaded.Status != marksign.STATUS_OK {
		return &refusal{response.StatusCode, uploaded.GetMessage()}
	}
	if len(uploaded.Data) == 0 {
		return errors.New("the gateway took the request, and no document")
	}
	fmt.Println("uploaded", uploaded.Data[0].Uuid)

	documents, response, err := workspace.ListDocuments(ctx).Query(query).Execute()
	if err != nil {
		return refusalOrError(response, err)
	}
	if documents.Status != marksign.STATUS_OK {
		return &refusal{response.StatusCode, documents.GetMessage()}
	}
	for _, document := range documents.Data {
		fmt.Println(document.GetFilename(), document.GetStatus())
	}
	fmt.Println(documents.GetTotal(), "in all")
	return nil
}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("Give a file and a text to look for")
	}
	err := uploadAndList(os.Args[1], os.Args[2])
	var refused *refusal
	if errors.As(err, &refused) {
		fmt.Println(refused)
		return
	}
	if err != nil {
		log.Fatal(err)
	}
}
