package io.orchestrator.core.network.address;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which addresses are this machine's own. */
public final class ThisMachine {
    private static final Logger LOG = LoggerFactory.getLogger(ThisMachine.class);

    private ThisMachine() {}

    /** Whether an interface has it. Of loopback that is one address, though the machine answers on all of them. */
    public static boolean has(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            LOG.warn("nobody can tell whether {} is an address of this machine", address, e);
            return false;
        }
    }
}
