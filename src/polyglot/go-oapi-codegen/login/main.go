// bin/login PERSONAL_CODE COUNTRY
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"strings"
	"time"

	marksign "marksign.lt/oapi-codegen/generated"
)

// refusal is the gateway's refusal, under any HTTP status.
type refusal struct {
	httpStatus int
	code       *marksign.ErrorCode
	message    *marksign.Message
}

func (r *refusal) Error() string {
	code, message := "-", ""
	if r.code != nil {
		code = fmt.Sprint(*r.code)
	}
	if r.message != nil {
		message = *r.message
	}
	return fmt.Sprint("refused ", r.httpStatus, " ", code, " ", message)
}

// refused returns the refusal of a response whose HTTP status is not 200.
func refused(httpStatus int, bodies ...*marksign.StatusResponse) error {
	for _, body := range bodies {
		if body != nil {
			return &refusal{httpStatus, body.ErrorCode, body.Message}
		}
	}
	return fmt.Errorf("HTTP %d without a response body", httpStatus)
}

func login(ctx context.Context, code, country string) (*marksign.Identification, error) {
	client, err := marksign.NewClientWithResponses(os.Getenv("MARKSIGN_BASE_URL"))
	if err != nil {
		return nil, err
	}
	accessToken := os.Getenv("MARKSIGN_ACCESS_TOKEN")

	begun, err := client.InitSmartIdAuthenticationEnWithResponse(ctx, marksign.SmartIdAuthenticationRequest{
		AccessToken: accessToken, Code: code, Country: marksign.Country(country)})
	if err != nil {
		return nil, err
	}
	session := begun.JSON200
	if session == nil {
		return nil, refused(begun.StatusCode(), begun.JSON4XX, begun.JSONDefault)
	}
	if session.Status != marksign.StatusOk {
		return nil, &refusal{begun.StatusCode(), session.ErrorCode, session.Message}
	}
	if session.Token == nil || session.ControlCode == nil {
		return nil, errors.New("the gateway began a session and did not name it")
	}
	// The person compares this code with the one on the phone.
	fmt.Println("control code", *session.ControlCode)

	for {
		checked, err := client.CheckSmartIdAuthenticationEnWithResponse(
			ctx, *session.Token, marksign.AccessTokenRequest{AccessToken: accessToken})
		if err != nil {
			return nil, err
		}
		person := checked.JSON200
		if person == nil {
			return nil, refused(checked.StatusCode(), checked.JSON4XX, checked.JSONDefault)
		}
		switch person.Status {
		case marksign.CheckStatusOk:
			if person.Code == nil || strings.Replace(*person.Code, "-", "", 1) != strings.Replace(code, "-", "", 1) {
				return nil, errors.New("somebody else identified")
			}
			return person, nil
		case marksign.CheckStatusWaiting:
			fmt.Println("waiting")
			time.Sleep(time.Second)
		default:
			return nil, &refusal{checked.StatusCode(), person.ErrorCode, person.Message}
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
	if person.Name == nil || person.Surname == nil {
		log.Fatal("the gateway did not name the person")
	}
	fmt.Println(*person.Name, *person.Surname)
}
