//! marksign-remove en SESSION_ID
use openapi::apis::configuration::Configuration;
use openapi::apis::smart_id_sessions_api::{remove_smart_id_session, remove_smart_id_session_en};
use openapi::apis::{Error, ResponseContent};
use openapi::models::{AccessTokenRequest, Status, StatusResponse};
use std::env;

/// Returns the gateway's response, whatever its HTTP status.
fn response<T>(result: Result<StatusResponse, Error<T>>) -> Result<(u16, StatusResponse), Error<T>> {
    match result {
        Ok(response) => Ok((200, response)),
        Err(Error::ResponseError(ResponseContent { status, content, .. })) => {
            Ok((status.as_u16(), serde_json::from_str(&content)?))
        }
        Err(other) => Err(other),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = env::args().skip(1);
    let (language, session) = (args.next().ok_or("which language?")?, args.next().ok_or("which session?")?);
    let gateway = Configuration { base_path: env::var("MARKSIGN_BASE_URL")?, ..Configuration::default() };
    let token = AccessTokenRequest::new(env::var("MARKSIGN_ACCESS_TOKEN")?);

    let (http_status, response) = if language == "en" {
        response(remove_smart_id_session_en(&gateway, &session, token).await)?
    } else {
        response(remove_smart_id_session(&gateway, &session, token).await)?
    };

    // Only the field status says that the session is removed. The HTTP status alone does not.
    if response.status == Status::Ok {
        println!("removed");
    } else {
        let code = response.error_code.map_or("-".to_string(), |code| code.to_string());
        println!("refused {http_status} {code} {}", response.message.unwrap_or_default());
    }
    Ok(())
}
