package io.orchestrator.apiserver.remote;

import io.orchestrator.apiserver.spdy.SpdyConnection;
import io.orchestrator.apiserver.spdy.SpdyStream;
import io.orchestrator.apiserver.spdy.StreamHandler;
import io.orchestrator.core.env.Environment;
import java.io.IOException;

/** The client's end of SPDY/3.1 with a node. */
final class RemoteStreams {
    private RemoteStreams() {}

    static SpdyConnection over(NodeCall upgraded, Environment environment) {
        SpdyConnection connection = new SpdyConnection(new NoneOfTheirs(), environment.executor());
        new SocketPeer(upgraded.connection(), connection, environment)
                .begin(upgraded.response().rest());
        return connection;
    }

    /** Nodes open no streams. */
    private static final class NoneOfTheirs implements StreamHandler {
        @Override
        public void opened(SpdyStream stream) throws IOException {
            stream.refuse();
        }

        @Override
        public void closed() {
            // Every stream's reader has been told.
        }
    }
}
