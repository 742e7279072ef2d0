package io.orchestrator.testkit.history;

import io.orchestrator.spi.store.Change;
import io.orchestrator.spi.store.ChangeSink;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.Listing;
import io.orchestrator.spi.store.Removal;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import io.orchestrator.spi.store.Subscription;
import io.orchestrator.testkit.history.StoreServer.Answer;
import io.orchestrator.testkit.history.StoreServer.Call;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A durable store in a process of its own, as a store: a call that was under way when the process was killed has an unknown
 * outcome, and later ones find it closed.
 */
final class StoreProcess implements Store {
    private final Process process;
    private final int port;

    private StoreProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static StoreProcess start(Path directory) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreServer.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String port = out.readLine();
        if (port == null) {
            throw new IOException("the store's process ended before it served");
        }
        return new StoreProcess(process, Integer.parseInt(port));
    }

    /** As kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private interface Request {
        void write(DataOutputStream out) throws IOException;
    }

    private interface Reading<T> {
        T read(DataInputStream in) throws IOException;
    }

    private <T> T call(Call call, StoreKey key, Request request, Reading<T> reading) {
        try (Socket socket = connect()) {
            DataInputStream in = send(socket, call, key, request);
            Answer answer = Answer.values()[in.readByte()];
            if (answer == Answer.CONFLICT) {
                throw new StoreException.Conflict(key, StoreWire.readEntry(in));
            }
            if (answer == Answer.FENCED) {
                throw new StoreException.Fenced(key, 1);
            }
            return reading.read(in);
        } catch (IOException e) {
            throw new StoreException.Unavailable(call + ": the process is gone", e);
        }
    }

    /** Nothing has been sent when this fails. */
    private Socket connect() {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), port);
        } catch (IOException e) {
            throw new StoreException.Closed();
        }
    }

    private static DataInputStream send(Socket socket, Call call, StoreKey key, Request request) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(bytes));
        out.writeByte(call.ordinal());
        out.writeUTF(key.path());
        request.write(out);
        out.flush();
        bytes.writeTo(socket.getOutputStream());
        return new DataInputStream(socket.getInputStream());
    }

    @Override
    public long revision() {
        return call(Call.REVISION, new StoreKey("/"), out -> {}, DataInputStream::readLong);
    }

    @Override
    public Optional<Entry> get(StoreKey key) {
        return Optional.ofNullable(call(Call.GET, key, out -> {}, StoreWire::readEntry));
    }

    @Override
    public Entry put(StoreKey key, StoreValue value, Expect expect) {
        return Objects.requireNonNull(call(
                Call.PUT,
                key,
                out -> {
                    out.writeInt(value.bytes().length);
                    out.write(value.bytes());
                    StoreWire.write(out, expect);
                },
                StoreWire::readEntry));
    }

    @Override
    public Optional<Removal> delete(StoreKey key, Expect expect) {
        return call(Call.DELETE, key, out -> StoreWire.write(out, expect), in -> {
            @Nullable Entry previous = StoreWire.readEntry(in);
            long revision = in.readLong();
            return Optional.ofNullable(previous).map(entry -> new Removal(entry, revision));
        });
    }

    @Override
    public Listing list(StoreKey prefix, ListQuery query) {
        return call(Call.LIST, prefix, out -> {}, in -> {
            long revision = in.readLong();
            int count = in.readInt();
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                entries.add(Objects.requireNonNull(StoreWire.readEntry(in)));
            }
            return new Listing(revision, entries, false, 0);
        });
    }

    @Override
    public Subscription watch(StoreKey prefix, long after, ChangeSink sink) {
        Socket socket = connect();
        try {
            DataInputStream in = send(socket, Call.WATCH, prefix, out -> out.writeLong(after));
            in.readByte();
            Thread thread = new Thread(() -> follow(in, sink), "store-process-watch");
            thread.setDaemon(true);
            thread.start();
        } catch (IOException e) {
            throw new StoreException.Unavailable("watch: the process is gone", e);
        }
        return () -> {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private static void follow(DataInputStream in, ChangeSink sink) {
        try {
            while (true) {
                Change change = StoreWire.readChange(in);
                sink.changes(change.revision(), List.of(change));
            }
        } catch (IOException e) {
            sink.closed(new StoreException.Unavailable("the process is gone", e));
        }
    }

    @Override
    public void compact(long revision) {
        throw new UnsupportedOperationException("histories are kept whole");
    }
}
