// bin/login PERSONAL_CODE COUNTRY
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"strings"
	"time"

	marksign "github.com/GIT_USER_ID/GIT_REPO_ID"
)

type result interface {
	GetErrorCodeOk() (*int32, bool)
	GetMessage() string
}

// refusal is the gateway's refusal, under any HTTP status.
type refusal struct {
	httpStatus int
	result
}

func (r *refusal) Error() string {
	code := "-"
	if number, ok := r.GetErrorCodeOk(); ok {
		code = fmt.Sprint(*number)
	}
	return fmt.Sprint("refused ", r.httpStatus, " ", code, " ", r.GetMessage())
}

// refusalOrError returns the refusal in err if there is one, and otherwise err.
func refusalOrError(response *http.Response, err error) error {
	// For any HTTP status other than 2xx, the error contains the refusal, already parsed.
	var unsuccessful *marksign.GenericOpenAPIError
	if errors.As(err, &unsuccessful) {
		if body, ok := unsuccessful.Model().(marksign.StatusResponse); ok {
			return &refusal{response.StatusCode, &body}
		}
	}
	return err
}

func login(ctx context.Context, code, country string) (*marksign.Identification, error) {
	configuration := marksign.NewConfiguration()
	configuration.Servers = marksign.ServerConfigurations{{URL: os.Getenv("MARKSIGN_BASE_URL")}}
	sessions := marksign.NewAPIClient(configuration).SmartIdSessionsAPI
	accessToken := os.Getenv("MARKSIGN_ACCESS_TOKEN")

	request := *marksign.NewSmartIdAuthenticationRequest(accessToken, code, marksign.Country(country))
	begun, response, err := sessions.InitSmartIdAuthenticationEn(ctx).SmartIdAuthenticationRequest(request).Execute()
	if err != nil {
		return nil, refusalOrError(response, err)
	}
	if begun.Status != marksign.STATUS_OK {
		return nil, &refusal{response.StatusCode, begun}
	}
	if begun.GetToken() == "" {
		return nil, errors.New("the gateway began a session and did not name it")
	}
	// The person compares this code with the one on the phone.
	fmt.Println("control code", begun.GetControlCode())

	token := *marksign.NewAccessTokenRequest(accessToken)
	for {
		checked, response, err := sessions.CheckSmartIdAuthenticationEn(ctx, begun.GetToken()).AccessTokenRequest(token).Execute()
		if err != nil {
			return nil, refusalOrError(response, err)
		}
		switch checked.Status {
		case marksign.CHECKSTATUS_OK:
			if strings.Replace(checked.GetCode(), "-", "", 1) != strings.Replace(code, "-", "", 1) {
				return nil, errors.New("somebody else identified")
			}
			return checked, nil
		case marksign.CHECKSTATUS_WAITING:
			fmt.Println("waiting")
			time.Sleep(time.Second)
		default:
			return nil, &refusal{response.StatusCode, checked}
		}
	}
}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("Give a personal code and a country")
	}
	person, err := login(context.Background(), os.Args[1], os.Args[2])
	var refused *refusal
	if errors.As(err, &refused) {
		fmt.Println(refused)
		return
	}
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(person.GetName(), person.GetSurname())
}
