package lt.marksign.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A web application where one logs in by Smart-ID or Mobile-ID, and signs a PDF. */
@SpringBootApplication
public class SampleApplication {
    /** Starts it. */
    public static void main(String[] args) {
        SpringApplication.run(SampleApplication.class, args);
    }
}
