# ruby -I generated/lib remove.rb en SESSION_ID
require 'openapi_client'
require 'uri'

language, session_id = ARGV
OpenapiClient.configure do |config|
  uri = URI(ENV.fetch('MARKSIGN_BASE_URL'))
  config.scheme = uri.scheme
  config.host = "#{uri.host}:#{uri.port}"
end
sessions = OpenapiClient::SmartIdSessionsApi.new
token = OpenapiClient::AccessTokenRequest.new(access_token: ENV.fetch('MARKSIGN_ACCESS_TOKEN'))

begin
  response, http_status =
    if language == 'en'
      sessions.remove_smart_id_session_en_with_http_info(session_id, token)
    else
      sessions.remove_smart_id_session_with_http_info(session_id, token)
    end
rescue OpenapiClient::ApiError => e
  # For any HTTP status other than 2xx, the refusal is in the body.
  raise if e.response_body.nil? || e.response_body.empty?

  response = OpenapiClient::StatusResponse.build_from_hash(JSON.parse(e.response_body, symbolize_names: true))
  http_status = e.code
end

# Only the field status says that the session is removed. The HTTP status alone does not.
if response.status == OpenapiClient::Status::OK
  puts 'removed'
else
  puts "refused #{http_status} #{response.error_code || '-'} #{response.message}"
end
