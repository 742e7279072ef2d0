package io.orchestrator.samples.embed;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;

/** A real gRPC server on a free port that answers, by the health protocol, whether it serves. */
public final class HealthServer implements AutoCloseable {
    private static final byte[] SERVING = {1 << 3, 1};
    private static final byte[] NOT_SERVING = {1 << 3, 2};

    private final Server server;

    private HealthServer(Server server) {
        this.server = server;
    }

    /** @param serves asked with each request */
    public static HealthServer start(BooleanSupplier serves) throws IOException {
        MethodDescriptor<byte[], byte[]> check = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName("grpc.health.v1.Health/Check")
                .setRequestMarshaller(new Plain())
                .setResponseMarshaller(new Plain())
                .build();
        return new HealthServer(Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(ServerServiceDefinition.builder("grpc.health.v1.Health")
                        .addMethod(check, ServerCalls.<byte[], byte[]>asyncUnaryCall((request, answer) -> {
                            answer.onNext(serves.getAsBoolean() ? SERVING : NOT_SERVING);
                            answer.onCompleted();
                        }))
                        .build())
                .build()
                .start());
    }

    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    /** Messages as they are. */
    private static final class Plain implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
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
