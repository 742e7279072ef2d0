package io.orchestrator.core.network.userspace;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;

/** Where clients connect. */
record Bind(String protocol, String address, int port) {

    boolean isUdp() {
        return protocol.equals("UDP");
    }

    InetSocketAddress socketAddress() throws UnknownHostException {
        return socketAddress(address, port);
    }

    /** Addresses come as literals, so that nothing is looked up. */
    static InetSocketAddress socketAddress(String address, int port) throws UnknownHostException {
        if (address.isEmpty() || !(isIpv6(address) || Character.isDigit(address.charAt(0)))) {
            throw new UnknownHostException("\"" + address + "\" is no address");
        }
        return new InetSocketAddress(InetAddress.getByName(address), port);
    }

    static ProtocolFamily family(String address) {
        return isIpv6(address) ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    }

    private static boolean isIpv6(String address) {
        return address.indexOf(':') >= 0;
    }
}
