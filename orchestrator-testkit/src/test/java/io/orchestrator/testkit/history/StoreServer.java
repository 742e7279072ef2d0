package io.orchestrator.testkit.history;

import io.orchestrator.core.store.DurableStore;
import io.orchestrator.core.store.MemoryStoreOptions;
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
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;

/** A process with a durable store, to be killed: it says its port in a line and serves each connection one call after the other. */
final class StoreServer {
    enum Call {
        PUT,
        DELETE,
        GET,
        LIST,
        REVISION,
        WATCH
    }

    enum Answer {
        OK,
        CONFLICT,
        FENCED
    }

    private static final int HISTORY = 1_000_000;

    private final Store store;

    private StoreServer(Store store) {
        this.store = store;
    }

    /** @param args the directory */
    public static void main(String[] args) throws IOException {
        Store store = DurableStore.open(Path.of(args[0]), Runnable::run, MemoryStoreOptions.keeping(HISTORY));
        StoreServer server = new StoreServer(store);
        try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            System.out.println(socket.getLocalPort());
            while (true) {
                Socket connection = socket.accept();
                new Thread(() -> server.serve(connection)).start();
            }
        }
    }

    private void serve(Socket connection) {
        try (connection;
                DataInputStream in = new DataInputStream(new BufferedInputStream(connection.getInputStream()));
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(connection.getOutputStream()))) {
            while (true) {
                answer(Call.values()[in.readByte()], in, out);
                out.flush();
            }
        } catch (EOFException | SocketException gone) {
            // The client is done.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(Call call, DataInputStream in, DataOutputStream out) throws IOException {
        StoreKey key = new StoreKey(in.readUTF());
        try {
            switch (call) {
                case PUT -> {
                    byte[] bytes = new byte[in.readInt()];
                    in.readFully(bytes);
                    Entry entry = store.put(key, StoreValue.of(bytes), StoreWire.readExpect(in));
                    out.writeByte(Answer.OK.ordinal());
                    StoreWire.write(out, entry);
                }
                case DELETE -> {
                    Expect expect = StoreWire.readExpect(in);
                    Removal removal = store.delete(key, expect).orElse(null);
                    out.writeByte(Answer.OK.ordinal());
                    StoreWire.write(out, removal == null ? null : removal.previous());
                    out.writeLong(removal == null ? 0 : removal.revision());
                }
                case GET -> {
                    Entry entry = store.get(key).orElse(null);
                    out.writeByte(Answer.OK.ordinal());
                    StoreWire.write(out, entry);
                }
                case LIST -> {
                    Listing listing = store.list(key, ListQuery.all());
                    out.writeByte(Answer.OK.ordinal());
                    out.writeLong(listing.revision());
                    out.writeInt(listing.entries().size());
                    for (Entry entry : listing.entries()) {
                        StoreWire.write(out, entry);
                    }
                }
                case REVISION -> {
                    long revision = store.revision();
                    out.writeByte(Answer.OK.ordinal());
                    out.writeLong(revision);
                }
                case WATCH -> {
                    long after = in.readLong();
                    out.writeByte(Answer.OK.ordinal());
                    out.flush();
                    store.watch(key, after, new Forwarding(out));
                }
            }
        } catch (StoreException.Conflict e) {
            out.writeByte(Answer.CONFLICT.ordinal());
            StoreWire.write(out, e.current());
        } catch (StoreException.Fenced e) {
            out.writeByte(Answer.FENCED.ordinal());
        }
    }

    /** Writes every change on; called on the threads of whoever writes, one at a time. */
    private record Forwarding(DataOutputStream out) implements ChangeSink {
        @Override
        public void changes(long revision, List<Change> changes) {
            try {
                for (Change change : changes) {
                    StoreWire.write(out, change);
                }
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void closed(StoreException cause) {
            throw new IllegalStateException("nobody closes this store", cause);
        }
    }
}
