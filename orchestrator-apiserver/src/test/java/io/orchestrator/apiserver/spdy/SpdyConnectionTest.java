package io.orchestrator.apiserver.spdy;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.apiserver.http.Peer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** A connection spoken to frame by frame; what it does later is done when the test says so. */
class SpdyConnectionTest {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Wire wire = new Wire();
    private final List<SpdyStream> opened = new ArrayList<>();
    private final Taking reader = new Taking();
    private boolean handlerClosed;
    private final HeaderWriter headers = new HeaderWriter();
    private final SpdyConnection connection = new SpdyConnection(
            new StreamHandler() {
                @Override
                public void opened(SpdyStream stream) throws IOException {
                    opened.add(stream);
                    stream.accept();
                }

                @Override
                public void closed() {
                    handlerClosed = true;
                }
            },
            tasks::add);

    SpdyConnectionTest() {
        connection.opened(wire);
    }

    @Test
    void aStreamIsAcceptedWithItsHeadersWhereverTheBytesAreCut() throws IOException {
        byte[] first = synStream(1, 0, Map.of("streamtype", "error", "port", "80"));
        byte[] second = synStream(3, 0, Map.of("streamtype", "data", "port", "80"));
        for (byte each : first) {
            receive(new byte[] {each});
        }
        receive(second);
        assertThat(opened).extracting(stream -> stream.header("streamtype")).containsExactly("error", "data");
        assertThat(opened.get(0).header("requestid")).isEmpty();
        try (HeaderReader replies = new HeaderReader()) {
            for (int stream : new int[] {1, 3}) {
                ByteBuffer reply = wire.next();
                assertThat(reply.getInt()).isEqualTo(0x80030002);
                assertThat(reply.getInt()).isEqualTo(reply.remaining());
                assertThat(reply.getInt()).isEqualTo(stream);
                assertThat(replies.read(reply.array(), 12)).isEmpty();
            }
        }
    }

    @Test
    void dataReachesItsReaderInOrderAndEndsWithTheFlag() {
        receive(synStream(1, 0, Map.of()));
        opened.get(0).read(reader);
        receive(Frames.data(1, 0, bytes("one "), 0, 4));
        receive(Frames.data(1, Frames.FIN, bytes("two"), 0, 3));
        assertThat(reader.text()).isEqualTo("one two");
        assertThat(reader.ended).isTrue();
        assertThat(reader.broken).isFalse();
    }

    @Test
    void whatIsWrittenLeavesInFramesThatEndWithTheFlag() throws IOException {
        receive(synStream(1, 0, Map.of()));
        wire.sent.clear();
        opened.get(0).write(bytes("hello"), 0, 5);
        opened.get(0).end();
        opened.get(0).end();
        opened.get(0).write(bytes("late"), 0, 4);
        assertThat(wire.sent)
                .containsExactly(Frames.data(1, 0, bytes("hello"), 0, 5), Frames.data(1, 1, bytes(""), 0, 0));
    }

    @Test
    void aReaderThatTakesNothingHoldsTheSenderBackAndIsCaughtUpWith() {
        receive(synStream(1, 0, Map.of()));
        int demands = wire.demands;
        int pieces = 0;
        while (wire.demands == demands + pieces && pieces < 1000) {
            receive(Frames.data(1, 0, new byte[16 * 1024], 0, 16 * 1024));
            pieces++;
        }
        assertThat(pieces * 16 * 1024).isLessThan(512 * 1024);
        int paused = wire.demands;
        opened.get(0).read(reader);
        runAll();
        assertThat(wire.demands).isEqualTo(paused + 1);
        assertThat(reader.taken.size()).isEqualTo(pieces * 16 * 1024);
    }

    @Test
    void whoCountsWindowsIsToldThatThereIsRoom() {
        receive(synStream(1, 0, Map.of()));
        opened.get(0).read(reader);
        wire.sent.clear();
        receive(Frames.data(1, 0, new byte[32 * 1024], 0, 32 * 1024));
        assertThat(wire.sent).contains(Frames.windowUpdate(1, 32 * 1024), Frames.windowUpdate(0, 32 * 1024));
    }

    @Test
    void aResetBreaksOneStreamAndLeavesTheOthers() throws IOException {
        receive(synStream(1, 0, Map.of()));
        receive(synStream(3, 0, Map.of()));
        opened.get(0).read(reader);
        receive(Frames.reset(1, Frames.STATUS_CANCEL));
        assertThat(reader.broken).isTrue();
        wire.sent.clear();
        opened.get(1).write(bytes("on"), 0, 2);
        assertThat(wire.sent).hasSize(1);
        receive(Frames.data(1, 0, bytes("late"), 0, 4));
        assertThat(wire.closed).isFalse();
    }

    @Test
    void pingsComeBack() {
        receive(Frames.ping(7));
        assertThat(wire.sent).containsExactly(Frames.ping(7));
    }

    @Test
    void theEndOfTheConnectionIsTheEndOfItsStreams() {
        receive(synStream(1, 0, Map.of()));
        opened.get(0).read(reader);
        connection.closed();
        runAll();
        assertThat(reader.broken).isTrue();
        assertThat(handlerClosed).isTrue();
    }

    @Test
    void tooManyStreamsAreRefusedAndTheConnectionGoesOn() {
        for (int i = 0; i < 1024; i++) {
            receive(synStream(2 * i + 1, 0, Map.of()));
        }
        wire.sent.clear();
        receive(synStream(2049, 0, Map.of()));
        assertThat(wire.sent).containsExactly(Frames.reset(2049, Frames.STATUS_REFUSED_STREAM));
        assertThat(opened).hasSize(1024);
    }

    @Test
    void anotherVersionIsCutOff() {
        refused(new byte[] {(byte) 0x80, 2, 0, 1, 0, 0, 0, 0});
    }

    @Test
    void aControlFrameWithoutBoundIsCutOff() {
        refused(new byte[] {(byte) 0x80, 3, 0, 1, 0, (byte) 0xff, (byte) 0xff, (byte) 0xff});
    }

    @Test
    void dataOnAStreamThatWasNeverOpenedIsCutOff() {
        refused(Frames.data(9, 0, bytes("x"), 0, 1));
    }

    @Test
    void aStreamThatIsOpenedTwiceIsCutOff() {
        receive(synStream(1, 0, Map.of()));
        refused(synStream(1, 0, Map.of()));
    }

    @Test
    void headersThatSwellWithoutBoundAreCutOff() {
        refused(synStream(1, 0, Map.of("big", "a".repeat(1_000_000))));
    }

    @Test
    void headersThatAreNoneAreCutOff() {
        refused(ByteBuffer.allocate(26)
                .putInt(0x80030001)
                .putInt(18)
                .putInt(1)
                .putInt(0)
                .putShort((short) 0)
                .putLong(-1)
                .array());
    }

    @Test
    void aFrameThatEndsTooEarlyIsCutOff() {
        refused(new byte[] {(byte) 0x80, 3, 0, 6, 0, 0, 0, 1, 0});
    }

    private void refused(byte[] bytes) {
        receive(bytes);
        assertThat(wire.closed).isTrue();
        byte[] goodbye = wire.sent.get(wire.sent.size() - 1);
        assertThat(goodbye[3]).isEqualTo((byte) Frames.GOAWAY);
        assertThat(goodbye[15]).isEqualTo((byte) Frames.GOING_PROTOCOL_ERROR);
    }

    private byte[] synStream(int id, int flags, Map<String, String> fields) {
        byte[] block = headers.write(fields);
        return ByteBuffer.allocate(18 + block.length)
                .putInt(0x80030001)
                .putInt(flags << 24 | 10 + block.length)
                .putInt(id)
                .putInt(0)
                .putShort((short) 0)
                .put(block)
                .array();
    }

    private void receive(byte[] bytes) {
        connection.received(bytes);
        runAll();
    }

    private void runAll() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The other end, which takes everything. */
    private static final class Wire implements Peer {
        private final List<byte[]> sent = new ArrayList<>();
        private int read;
        private int demands;
        private boolean closed;

        ByteBuffer next() {
            return ByteBuffer.wrap(sent.get(read++));
        }

        @Override
        public void send(byte[] bytes) {
            sent.add(bytes);
        }

        @Override
        public void demand() {
            demands++;
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public void disconnect() {
            closed = true;
        }
    }

    /** Takes all that comes. */
    private static final class Taking implements StreamReader {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private boolean ended;
        private boolean broken;

        String text() {
            return taken.toString(StandardCharsets.US_ASCII);
        }

        @Override
        public void received(byte[] bytes) {
            taken.writeBytes(bytes);
        }

        @Override
        public void ended() {
            ended = true;
        }

        @Override
        public void broken() {
            broken = true;
        }
    }
}
