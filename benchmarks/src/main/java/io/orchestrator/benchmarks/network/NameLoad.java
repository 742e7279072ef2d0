package io.orchestrator.benchmarks.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Many sockets that each ask for one name after the other. One thread. */
final class NameLoad {
    private static final int MOST_SAMPLES = 1 << 21;

    private final List<byte[]> questions;
    private final long[] samples = new long[MOST_SAMPLES];
    private int sampled;
    private int asked;
    private long answered;
    private double seconds;

    private NameLoad(List<byte[]> questions) {
        this.questions = questions;
    }

    static NameLoad run(InetSocketAddress server, int sockets, List<byte[]> questions, Duration length)
            throws IOException {
        NameLoad load = new NameLoad(questions);
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < sockets; i++) {
                DatagramChannel channel = DatagramChannel.open();
                channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 16);
                channel.configureBlocking(false);
                channel.connect(server);
                SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                load.ask(key);
            }
            long begun = System.nanoTime();
            long end = begun + length.toNanos();
            while (System.nanoTime() < end) {
                if (selector.select(load::ready, 500) == 0) {
                    throw new IOException("nobody answers any more");
                }
            }
            load.seconds = (System.nanoTime() - begun) / 1e9;
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        }
        return load;
    }

    private void ask(SelectionKey key) throws IOException {
        key.attach(System.nanoTime());
        ((DatagramChannel) key.channel()).write(ByteBuffer.wrap(questions.get(asked++ % questions.size())));
    }

    private void ready(SelectionKey key) {
        try {
            ByteBuffer answer = ByteBuffer.allocate(1500);
            ((DatagramChannel) key.channel()).read(answer);
            if (answer.position() < 12 || (answer.get(3) & 15) != 0 || answer.getShort(6) == 0) {
                throw new IOException("no answer, but an error or nothing");
            }
            answered++;
            if (sampled < MOST_SAMPLES) {
                samples[sampled++] = System.nanoTime() - (Long) key.attachment();
            }
            ask(key);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    double perSecond() {
        return answered / seconds;
    }

    double p99Millis() {
        long[] sorted = Arrays.copyOf(samples, sampled);
        Arrays.sort(sorted);
        return sampled == 0 ? 0 : sorted[(int) (sampled * 0.99)] / 1e6;
    }
}
