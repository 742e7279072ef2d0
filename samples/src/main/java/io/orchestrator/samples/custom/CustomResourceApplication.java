package io.orchestrator.samples.custom;

import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.core.embed.Cluster;
import java.time.Duration;

/** A host with a kind and a controller of its own: kubectl sees both like any other. */
public final class CustomResourceApplication {
    private CustomResourceApplication() {}

    public static void main(String[] args) {
        try (Cluster cluster = Cluster.builder()
                .nodes(0)
                .define(Greeting.class)
                .controller(GreetingReconciler.spec())
                .start()) {
            ResourceClient<Greeting> greetings = cluster.client().resources(Greeting.TYPE);
            greetings.create(Greeting.to("world", "hello"));

            Greeting answered = greetings.await(
                    "world",
                    greeting -> !greeting.status().said().isEmpty(),
                    "the greeting to be said",
                    Duration.ofSeconds(10));
            System.out.println(answered.spec().tone() + ": " + answered.status().said());
        }
    }
}
