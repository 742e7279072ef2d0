package io.orchestrator.apiserver;

import io.orchestrator.apiserver.http.JettyServer;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** A port that speaks without TLS. @param number 0 for any that is free */
record CleartextPort(String address, int number) {
    private static final int MAX_PORT = 65_535;

    /** Where only programs on this machine see what goes over it. */
    static CleartextPort onLoopback(String address, int number) {
        CleartextPort port = anywhere(address, number);
        if (!port.resolved().isLoopbackAddress()) {
            throw new IllegalArgumentException("without TLS everybody on the way to " + address
                    + " could read tokens and secrets; if that is meant, say withCleartextPortThatOthersCanRead");
        }
        return port;
    }

    static CleartextPort anywhere(String address, int number) {
        return new CleartextPort(address, checked(number));
    }

    static int checked(int number) {
        if (number < 0 || number > MAX_PORT) {
            throw new IllegalArgumentException("not a port: " + number);
        }
        return number;
    }

    private InetAddress resolved() {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address of this machine: " + address, e);
        }
    }

    JettyServer.Port open() {
        return JettyServer.Port.plain(address, number);
    }

    /** Where clients on this machine reach it. @param opened the number that it got */
    String url(int opened) {
        String host = resolved().isAnyLocalAddress() ? "127.0.0.1" : address;
        return "http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + opened;
    }
}
