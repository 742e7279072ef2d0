package io.orchestrator.samples.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.core.embed.Cluster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pods as processes of this machine, with a real gRPC server to ask after. */
@Timeout(120)
class ProcessPodsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final byte[] SERVING = {1 << 3, 1};
    private static final byte[] NOT_SERVING = {1 << 3, 2};

    private static volatile byte[] health = NOT_SERVING;
    private static Cluster cluster;
    private static Server server;

    @BeforeAll
    static void start() throws IOException {
        MethodDescriptor<byte[], byte[]> check = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName("grpc.health.v1.Health/Check")
                .setRequestMarshaller(new Plain())
                .setResponseMarshaller(new Plain())
                .build();
        server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(ServerServiceDefinition.builder("grpc.health.v1.Health")
                        .addMethod(check, ServerCalls.<byte[], byte[]>asyncUnaryCall((request, answer) -> {
                            answer.onNext(health);
                            answer.onCompleted();
                        }))
                        .build())
                .build()
                .start();
        cluster = Cluster.builder().named("processes").nodes(1).start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
        server.shutdownNow();
    }

    @Test
    void aGrpcServerIsReadyWhenItSaysThatItServes() {
        cluster.client()
                .create(Pod.named("grpc")
                        .container(
                                "main",
                                "any",
                                c -> c.command("sleep", "1000")
                                        .readinessProbe(probe -> probe.grpc(server.getPort())
                                                .every(Duration.ofSeconds(1))
                                                .timeout(Duration.ofSeconds(5))))
                        .build());
        until("grpc", pod -> pod.status().phase().equals(PodPhase.RUNNING));
        await().during(Duration.ofSeconds(2))
                .atMost(PATIENCE)
                .until(() -> !cluster.client().pods().get("grpc").isReady());

        health = SERVING;
        until("grpc", Pod::isReady);
    }

    @Test
    void aProgramThatIsNotThereFailsAPodThatNeverRestarts() {
        cluster.client()
                .create(Pod.named("unknown")
                        .container("main", "any", c -> c.command("/no/such/program"))
                        .restartPolicy("Never")
                        .build());

        Pod pod = until("unknown", it -> it.status().phase().equals(PodPhase.FAILED));
        assertThat(pod.status().containerStatuses().get(0).state().terminated()).satisfies(end -> {
            assertThat(end.reason()).isEqualTo("StartError");
            assertThat(end.message()).contains("/no/such/program");
        });
    }

    private static Pod until(String name, Predicate<Pod> holds) {
        return await("pod " + name)
                .atMost(PATIENCE)
                .until(() -> cluster.client().pods().get(name), holds);
    }

    /** Messages as they are. */
    private static final class Plain implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
