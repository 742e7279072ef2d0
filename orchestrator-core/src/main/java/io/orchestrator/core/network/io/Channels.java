package io.orchestrator.core.network.io;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ways to end a channel, none of which can fail in a way that matters to the caller. */
public final class Channels {
    private static final Logger LOG = LoggerFactory.getLogger(Channels.class);

    private Channels() {}

    public static void close(Closeable channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // The kernel has let go of it all the same.
            LOG.debug("a channel complained when closed", e);
        }
    }

    /** The other side sees a reset rather than a proper end. */
    public static void reset(SocketChannel channel) {
        try {
            if (channel.isOpen()) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException e) {
            LOG.debug("a channel could not be set to reset", e);
        }
        close(channel);
    }
}
