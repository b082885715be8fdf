/** The Mark Sign client. What only Spring applications need is required when it is there. */
module lt.marksign.client {
    requires transitive feign.core;
    requires okhttp3;
    requires okio;
    requires transitive com.fasterxml.jackson.annotation;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires transitive jakarta.annotation;
    requires static transitive org.jspecify;
    requires org.slf4j;

    requires static feign.micrometer;
    requires static micrometer.commons;
    requires static micrometer.observation;
    requires static spring.beans;
    requires static spring.boot;
    requires static spring.boot.actuator;
    requires static spring.boot.autoconfigure;
    requires static spring.cloud.commons;
    requires static spring.cloud.loadbalancer;
    requires static spring.cloud.openfeign.core;
    requires static spring.context;
    requires static spring.core;

    exports lt.marksign.client;
    exports lt.marksign.client.api;
    exports lt.marksign.client.error;
    exports lt.marksign.client.model;
    exports lt.marksign.client.spring;

    // Feign calls capabilities by reflection.
    exports lt.marksign.client.call to feign.core;

    // Jackson reads and writes the models; Spring makes its beans.
    opens lt.marksign.client.model;
    opens lt.marksign.client.spring;
}
