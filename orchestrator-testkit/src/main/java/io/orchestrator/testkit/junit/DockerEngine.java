package io.orchestrator.testkit.junit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Met when a Docker engine answers a ping. Speaks to it directly, so that the testkit needs no Docker library. */
public final class DockerEngine implements Requirement {

    /** Of a machine however busy: under CI, no answer in time fails all tests that need it. */
    private static final int PATIENCE_SECONDS = 60;

    /** Where the tests find their engine: {@code DOCKER_HOST}, or the usual socket. */
    public static URI endpoint() {
        return URI.create(Optional.ofNullable(System.getenv("DOCKER_HOST"))
                .filter(url -> !url.isBlank())
                .orElse("unix:///var/run/docker.sock"));
    }

    @Override
    public Optional<String> missing() {
        return missing(endpoint());
    }

    static Optional<String> missing(URI endpoint) {
        // A socket may accept and then say nothing; reads on a unix socket know no timeout, so the wait has one.
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> ping(endpoint));
        try {
            String status = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
            return status.contains(" 200 ")
                    ? Optional.empty()
                    : Optional.of("Docker at " + endpoint + " answers a ping with: " + status);
        } catch (CompletionException e) {
            return Optional.of("no Docker engine answers at " + endpoint + ": " + e.getCause());
        }
    }

    private static String ping(URI endpoint) {
        try (SocketChannel channel = connect(endpoint)) {
            channel.write(ByteBuffer.wrap("GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer head = ByteBuffer.allocate(64);
            while (head.hasRemaining() && channel.read(head) >= 0) {
                // Until the status line must have come in whole.
            }
            return new String(head.array(), 0, head.position(), StandardCharsets.US_ASCII)
                    .lines()
                    .findFirst()
                    .orElse("nothing");
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static SocketChannel connect(URI endpoint) throws IOException {
        SocketAddress address;
        StandardProtocolFamily family;
        if ("unix".equals(endpoint.getScheme())) {
            address = UnixDomainSocketAddress.of(endpoint.getPath());
            family = StandardProtocolFamily.UNIX;
        } else if ("tcp".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme())) {
            address = new InetSocketAddress(endpoint.getHost(), endpoint.getPort() < 0 ? 2375 : endpoint.getPort());
            family = StandardProtocolFamily.INET;
        } else {
            throw new IOException("cannot speak " + endpoint.getScheme());
        }
        SocketChannel channel = SocketChannel.open(family);
        try {
            channel.connect(address);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
