package io.orchestrator.apiserver.http;

/** Another protocol's bytes inside the binary messages of a WebSocket. */
public final class TunnelSocket implements SocketEndpoint {
    private final PeerEndpoint endpoint;

    public TunnelSocket(PeerEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public void opened(WebSocket socket) {
        endpoint.opened(socket);
    }

    @Override
    public void received(byte[] message, boolean text) {
        endpoint.received(message);
    }

    @Override
    public void closed() {
        endpoint.closed();
    }
}
