package io.orchestrator.apiserver.stream;

import io.orchestrator.apiserver.http.SocketEndpoint;
import io.orchestrator.apiserver.http.WebSocket;
import io.orchestrator.spi.runtime.LogStream;
import java.io.IOException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The output of a container over one WebSocket, which is closed at its end. What the client sends is ignored. */
public final class LogSocket implements SocketEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(LogSocket.class);

    private final LogStream log;
    private final LogProtocol protocol;
    private final Executor executor;
    private volatile @Nullable WebSocket socket;

    /** @param executor on which the log is read */
    public LogSocket(LogStream log, LogProtocol protocol, Executor executor) {
        this.log = log;
        this.protocol = protocol;
        this.executor = executor;
    }

    @Override
    public void opened(WebSocket opened) {
        socket = opened;
        executor.execute(() -> {
            try {
                for (byte[] piece = log.read(); piece != null; piece = log.read()) {
                    opened.send(protocol.encode(piece), protocol.isText());
                }
                opened.close();
            } catch (IOException | RuntimeException e) {
                LOG.debug("a log was not read to its end: {}", e.toString());
                opened.disconnect();
            } finally {
                log.close();
            }
        });
    }

    @Override
    public void received(byte[] message, boolean text) {
        WebSocket open = socket;
        if (open != null) {
            open.demand();
        }
    }

    @Override
    public void closed() {
        log.close();
    }
}
