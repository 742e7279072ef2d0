package io.orchestrator.core.runtime;

import io.orchestrator.spi.runtime.RuntimeFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A container's input: two named pipes in its directory, so that it outlives the agent. The container reads {@code stdin},
 * which a process of its own keeps open while nobody is attached; that process waits for a line in {@code hold}, and its end
 * is the end of the container's input.
 */
record ProcessInput(Path directory) {
    private static final List<Path> MKFIFO = List.of(Path.of("/usr/bin/mkfifo"), Path.of("/bin/mkfifo"));
    private static final long SECONDS = 10;

    private Path stdin() {
        return directory.resolve("stdin");
    }

    private Path hold() {
        return directory.resolve("hold");
    }

    boolean exists() {
        return Files.exists(stdin());
    }

    /** Makes the pipes, once. */
    void make() throws IOException {
        if (exists()) {
            return;
        }
        Path mkfifo = MKFIFO.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new RuntimeFailure(
                        RuntimeFailure.Kind.UNSUPPORTED,
                        "this machine has no program \"mkfifo\", without which a container cannot have an input"));
        Process making = new ProcessBuilder(mkfifo.toString(), hold().toString(), stdin().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!making.waitFor(SECONDS, TimeUnit.SECONDS) || !exists()) {
                making.destroyForcibly();
                throw new IOException("the input of a container could not be made in " + directory);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the input of a container was made", e);
        }
    }

    /**
     * A way into it.
     *
     * @param once whether its close is the end of the container's input
     */
    OutputStream open(boolean once) throws IOException {
        return new Writer(openWithoutWaiting(stdin()), once);
    }

    /** A pipe that is opened for one direction waits for somebody at its other end. */
    private static FileChannel openWithoutWaiting(Path pipe) throws IOException {
        return FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Writes that block end when another thread closes. */
    private final class Writer extends OutputStream {
        private final FileChannel pipe;
        private final boolean once;

        Writer(FileChannel pipe, boolean once) {
            this.pipe = pipe;
            this.once = once;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
            while (left.hasRemaining()) {
                pipe.write(left);
            }
        }

        @Override
        public void close() throws IOException {
            if (!pipe.isOpen()) {
                return;
            }
            pipe.close();
            if (once) {
                try (FileChannel holder = openWithoutWaiting(hold())) {
                    holder.write(ByteBuffer.wrap(new byte[] {'\n'}));
                }
            }
        }
    }
}
