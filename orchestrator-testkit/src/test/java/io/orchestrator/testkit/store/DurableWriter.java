package io.orchestrator.testkit.store;

import io.orchestrator.core.store.DurableStore;
import io.orchestrator.core.store.MemoryStoreOptions;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;

/**
 * A program that writes until it is killed, and says what it is about to do and what was acknowledged, a line each. Every
 * thread has keys of its own, so the lines of a key are in order.
 */
final class DurableWriter {
    static final int THREADS = 8;
    static final int KEYS_PER_THREAD = 4;

    private DurableWriter() {}

    /** @param args the directory, and the number of the round */
    public static void main(String[] args) {
        DurableStore store = DurableStore.open(Path.of(args[0]), Runnable::run, MemoryStoreOptions.keeping(200));
        for (int i = 0; i < THREADS; i++) {
            int id = i;
            new Thread(() -> write(store, id, Integer.parseInt(args[1]))).start();
        }
    }

    private static void write(DurableStore store, int id, int round) {
        Random random = new Random(round * 31L + id);
        for (int n = 0; ; n++) {
            String name = "w" + id + "-" + random.nextInt(KEYS_PER_THREAD);
            StoreKey key = StoreKey.of("registry", "things", name);
            if (random.nextInt(5) == 0) {
                say("try " + name + " -");
                store.delete(key, Expect.anything());
                say("ack " + name + " -");
            } else {
                String mark = round + "/" + n;
                say("try " + name + " " + mark);
                String text = mark + " " + "x".repeat(random.nextInt(6_000));
                store.put(key, StoreValue.of(text.getBytes(StandardCharsets.UTF_8)), Expect.anything());
                say("ack " + name + " " + mark);
            }
        }
    }

    /** One write for each line, so that a kill leaves none half there. */
    private static void say(String line) {
        // Never closed: it is the standard output of the process.
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
