package io.orchestrator.apiserver.proxy;

import io.orchestrator.apiserver.http.Peer;
import io.orchestrator.apiserver.http.PeerEndpoint;
import io.orchestrator.spi.node.PodConnection;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two connections that have left HTTP, one in each direction of the other. */
final class RawRelay implements PeerEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(RawRelay.class);
    private static final int CHUNK = 16 * 1024;

    private final PodConnection backend;
    private final byte[] first;
    private final Executor executor;
    private volatile @Nullable Peer peer;

    /** @param first what the backend has said already */
    RawRelay(PodConnection backend, byte[] first, Executor executor) {
        this.backend = backend;
        this.first = first;
        this.executor = executor;
    }

    @Override
    public void opened(Peer opened) {
        peer = opened;
        run(() -> toClient(opened));
    }

    private void toClient(Peer client) {
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = backend.input()) {
            if (first.length > 0) {
                client.send(first);
            }
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                client.send(Arrays.copyOf(chunk, read));
            }
            client.close();
        } catch (IOException e) {
            LOG.debug("a relayed connection broke: {}", e.toString());
            client.disconnect();
        } finally {
            backend.close();
        }
    }

    @Override
    public void received(byte[] bytes) {
        run(() -> {
            try {
                backend.output().write(bytes);
                backend.output().flush();
            } catch (IOException e) {
                LOG.debug("a relayed connection takes nothing: {}", e.toString());
                backend.close();
                return;
            }
            Peer client = peer;
            if (client != null) {
                client.demand();
            }
        });
    }

    private void run(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            backend.close();
        }
    }

    @Override
    public void closed() {
        backend.close();
    }
}
