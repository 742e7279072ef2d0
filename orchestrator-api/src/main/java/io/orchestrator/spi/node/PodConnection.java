package io.orchestrator.spi.node;

import java.io.InputStream;
import java.io.OutputStream;

/** A TCP connection to a port of a pod. Streams block; each wants its own thread. */
public interface PodConnection extends AutoCloseable {

    /** What the pod says; its end is the pod's. */
    InputStream input();

    /** What is said to the pod. Closing it tells the pod that no more will come, and leaves the input open. */
    OutputStream output();

    /** Cuts the connection. Idempotent. */
    @Override
    void close();
}
