package io.orchestrator.core.network.nftables;

import io.orchestrator.core.network.address.Command.CommandFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One process of {@code nft} that reads line after line. It says nothing to a line that it has carried out; so each is followed by one
 * that it cannot understand, and what it says before it complains of that is its answer. Not thread-safe.
 */
final class NftConversation implements AutoCloseable {
    private static final int CHUNK = 4096;

    private final Process process;
    private final OutputStream in;
    private final InputStream err;
    private final ScheduledExecutorService timers;
    private int said;

    private NftConversation(Process process, ScheduledExecutorService timers) {
        this.process = process;
        this.in = process.getOutputStream();
        this.err = process.getErrorStream();
        this.timers = timers;
    }

    /**
     * Begins one, and sees that it answers.
     *
     * @throws CommandFailure when it does not
     */
    static NftConversation begin(ScheduledExecutorService timers, Duration deadline) {
        ProcessBuilder builder = new ProcessBuilder("nft", "-i").redirectOutput(ProcessBuilder.Redirect.DISCARD);
        // There it keeps what it was told, which is nothing for this machine's user.
        builder.environment().put("HOME", "/dev/null");
        NftConversation begun;
        try {
            begun = new NftConversation(builder.start(), timers);
        } catch (IOException e) {
            throw new CommandFailure("nft could not be run: " + e.getMessage(), e);
        }
        try {
            String greeting = begun.say("", deadline);
            if (!greeting.isEmpty()) {
                throw new CommandFailure(greeting);
            }
            return begun;
        } catch (CommandFailure e) {
            begun.close();
            throw e;
        }
    }

    /**
     * Has the line carried out, whole or not at all.
     *
     * @return why not; empty when it was
     * @throws CommandFailure when that is not to be learned
     */
    String say(String line, Duration deadline) {
        String mark = "@" + said++;
        ScheduledFuture<?> late =
                timers.schedule(() -> process.destroyForcibly(), deadline.toMillis(), TimeUnit.MILLISECONDS);
        try {
            in.write((line + "\n" + mark + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
            return until(mark);
        } catch (IOException e) {
            throw new CommandFailure("nft does not listen any more: " + e.getMessage(), e);
        } finally {
            late.cancel(false);
        }
    }

    private String until(String mark) throws IOException {
        Pattern complaint = Pattern.compile("(?s)(.*?)[^\\n]*Error: [^\\n]*\\n" + mark + "\\n\\s*\\^+\\n");
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        while (true) {
            int count = err.read(chunk);
            if (count < 0) {
                throw new CommandFailure("nft has ended: "
                        + heard.toString(StandardCharsets.UTF_8).strip());
            }
            heard.write(chunk, 0, count);
            Matcher whole = complaint.matcher(heard.toString(StandardCharsets.UTF_8));
            if (whole.matches()) {
                return whole.group(1).strip();
            }
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
