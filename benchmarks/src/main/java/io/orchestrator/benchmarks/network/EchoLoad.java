package io.orchestrator.benchmarks.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;

/** Many connections that each send a request, wait for as many bytes to come back, and send the next. One thread. */
final class EchoLoad {
    private static final int MOST_SAMPLES = 1 << 20;

    private final int size;
    private final long[] samples = new long[MOST_SAMPLES];
    private int sampled;
    private long answered;
    private double seconds;

    private EchoLoad(int size) {
        this.size = size;
    }

    /** One connection and its request under way. */
    private static final class Visitor {
        final ByteBuffer out;
        final ByteBuffer in;
        long sentNanos;

        Visitor(int size) {
            out = ByteBuffer.allocateDirect(size);
            in = ByteBuffer.allocateDirect(size);
        }
    }

    /** @param size of a request, and of its answer */
    static EchoLoad run(InetSocketAddress target, int connections, int size, Duration length) throws IOException {
        EchoLoad load = new EchoLoad(size);
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                SocketChannel channel = SocketChannel.open(target);
                channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                Visitor visitor = new Visitor(size);
                channel.register(selector, SelectionKey.OP_READ, visitor);
                load.send(channel, visitor);
            }
            long begun = System.nanoTime();
            long end = begun + length.toNanos();
            while (System.nanoTime() < end) {
                selector.select(load::ready, 100);
            }
            load.seconds = (System.nanoTime() - begun) / 1e9;
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        }
        return load;
    }

    private void send(SocketChannel channel, Visitor visitor) throws IOException {
        visitor.sentNanos = System.nanoTime();
        visitor.out.clear();
        visitor.in.clear();
        channel.write(visitor.out);
    }

    private void ready(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        Visitor visitor = (Visitor) key.attachment();
        try {
            if (visitor.out.hasRemaining()) {
                channel.write(visitor.out);
            }
            if (channel.read(visitor.in) < 0) {
                throw new IOException("the connection ended");
            }
            if (!visitor.in.hasRemaining()) {
                answered++;
                if (sampled < MOST_SAMPLES) {
                    samples[sampled++] = System.nanoTime() - visitor.sentNanos;
                }
                send(channel, visitor);
            }
            int write = visitor.out.hasRemaining() ? SelectionKey.OP_WRITE : 0;
            if (key.interestOps() != (SelectionKey.OP_READ | write)) {
                key.interestOps(SelectionKey.OP_READ | write);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    long answered() {
        return answered;
    }

    double perSecond() {
        return answered / seconds;
    }

    double megabytesPerSecond() {
        return perSecond() * size / 1e6;
    }

    double p99Millis() {
        long[] sorted = Arrays.copyOf(samples, sampled);
        Arrays.sort(sorted);
        return sampled == 0 ? 0 : sorted[(int) (sampled * 0.99)] / 1e6;
    }
}
