package lt.marksign.sample;

import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;

/** Another Feign client of the application. It uses Spring's annotations and nothing of this library. */
@FeignClient(name = "other", url = "${marksign.base-url}")
interface OtherClient {
    @DeleteMapping("/other/{id}")
    String remove(@PathVariable("id") String id, @RequestBody String body);
}
