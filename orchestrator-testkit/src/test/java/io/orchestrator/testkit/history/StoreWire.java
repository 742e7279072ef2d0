package io.orchestrator.testkit.history;

import io.orchestrator.spi.store.Change;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How the parts of a call travel between a test and the process that has the store. */
final class StoreWire {
    private static final byte ANYTHING = 0;
    private static final byte ABSENT = 1;
    private static final byte AT_REVISION = 2;
    private static final byte TIED = 3;

    private StoreWire() {}

    static void write(DataOutputStream out, Expect expect) throws IOException {
        if (expect instanceof Expect.WhileStands tied) {
            out.writeByte(TIED);
            out.writeUTF(tied.guard().path());
            out.writeLong(tied.createRevision());
            write(out, tied.then());
        } else if (expect instanceof Expect.AtRevision at) {
            out.writeByte(AT_REVISION);
            out.writeLong(at.revision());
        } else {
            out.writeByte(expect instanceof Expect.Absent ? ABSENT : ANYTHING);
        }
    }

    static Expect readExpect(DataInputStream in) throws IOException {
        byte kind = in.readByte();
        if (kind == TIED) {
            StoreKey guard = new StoreKey(in.readUTF());
            long created = in.readLong();
            return readExpect(in).whileStands(guard, created);
        }
        if (kind == AT_REVISION) {
            return Expect.atRevision(in.readLong());
        }
        return kind == ABSENT ? Expect.absent() : Expect.anything();
    }

    static void write(DataOutputStream out, @Nullable Entry entry) throws IOException {
        out.writeBoolean(entry != null);
        if (entry != null) {
            byte[] bytes = entry.value().bytes();
            out.writeUTF(entry.key().path());
            out.writeInt(bytes.length);
            out.write(bytes);
            out.writeLong(entry.createRevision());
            out.writeLong(entry.revision());
        }
    }

    static @Nullable Entry readEntry(DataInputStream in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        StoreKey key = new StoreKey(in.readUTF());
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new Entry(key, StoreValue.of(bytes), in.readLong(), in.readLong());
    }

    static void write(DataOutputStream out, Change change) throws IOException {
        write(out, change instanceof Change.Put put ? put.entry() : null);
        if (change instanceof Change.Removed removed) {
            out.writeUTF(removed.key().path());
            out.writeLong(removed.revision());
            write(out, removed.previous());
        }
    }

    static Change readChange(DataInputStream in) throws IOException {
        Entry put = readEntry(in);
        return put != null
                ? new Change.Put(put)
                : new Change.Removed(new StoreKey(in.readUTF()), in.readLong(), readEntry(in));
    }
}
