<?php
// php remove.php en SESSION_ID

declare(strict_types=1);

require 'GuzzleHttp/autoload.php';
spl_autoload_register(static function (string $class): void {
    require __DIR__ . '/generated/lib/' . strtr(substr($class, strlen('OpenAPI\\Client\\')), '\\', '/') . '.php';
});

use OpenAPI\Client\Api\SmartIdSessionsApi;
use OpenAPI\Client\ApiException;
use OpenAPI\Client\Configuration;
use OpenAPI\Client\Model\AccessTokenRequest;
use OpenAPI\Client\Model\Status;
use OpenAPI\Client\Model\StatusResponse;

[, $language, $sessionId] = $argv;
$sessions = new SmartIdSessionsApi(
    new GuzzleHttp\Client(),
    Configuration::getDefaultConfiguration()->setHost(getenv('MARKSIGN_BASE_URL')),
);
$token = new AccessTokenRequest(['access_token' => getenv('MARKSIGN_ACCESS_TOKEN')]);

try {
    [$response, $httpStatus] = $language === 'en'
        ? $sessions->removeSmartIdSessionEnWithHttpInfo($sessionId, $token)
        : $sessions->removeSmartIdSessionWithHttpInfo($sessionId, $token);
} catch (ApiException $e) {
    // For any HTTP status other than 2xx, the exception contains the refusal, already parsed.
    $response = $e->getResponseObject();
    $httpStatus = $e->getCode();
    if (!$response instanceof StatusResponse) {
        throw $e;
    }
}

// Only the field status says that the session is removed. The HTTP status alone does not.
echo $response->getStatus() === Status::OK
    ? 'removed'
    : "refused $httpStatus " . ($response->getErrorCode() ?? '-') . ' ' . $response->getMessage(), "\n";
