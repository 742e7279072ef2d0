package io.orchestrator.core.network.nftables;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.network.address.Command;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives short scripts to a process of {@code nft} that is kept: it takes a millisecond for what costs one that is started for it
 * twenty. Before each script it asks the kernel for the number of its state, and looks anew where somebody else has changed it, so
 * that nothing old is believed. It ends by itself with this process.
 *
 * <p>Scripts of many lines, and all of them where {@code nft} cannot be spoken to, go the way beneath, a process each. Where one does not
 * begin in time it is not tried again: each script would wait as long for it.
 *
 * <p><b>Threads.</b> Safe for concurrent use; scripts run one at a time, on their callers' threads.
 */
public final class KeptNft implements Command, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeptNft.class);
    private static final int LONGEST = 16 * 1024;

    /** It remembers every line that it was given. */
    private static final int SCRIPTS_OF_A_LIFE = 500;

    private static final Duration TO_BEGIN = Duration.ofSeconds(10);

    private final Command beneath;
    private final Environment environment;

    @GuardedBy("this")
    private @Nullable NftConversation conversation;

    @GuardedBy("this")
    private int scripts;

    @GuardedBy("this")
    private boolean mute;

    /** @param beneath starts a process for each script */
    public KeptNft(Command beneath, Environment environment) {
        this.beneath = beneath;
        this.environment = environment;
    }

    @Override
    public synchronized Result run(List<String> command, String input, Duration deadline) {
        Optional<String> line = oneLine(input);
        if (line.isEmpty()) {
            return beneath.run(command, input, deadline);
        }
        NftConversation with = conversation();
        if (with == null) {
            return beneath.run(command, input, deadline);
        }
        try {
            String said = with.say(line.get(), deadline);
            return new Result(said.isEmpty() ? 0 : 1, said);
        } catch (CommandFailure e) {
            // A key at a terminal that ends this process ends that one, too, and rules are still to be taken away.
            // If the kernel has taken the script already, it refuses elements that are gone, and takes the rest for
            // the same. A rule of a chain that is new in it stands there twice then, which does no harm: only the
            // first is ever reached, or both set one mark.
            LOG.debug("the nft that was kept has ended, another one is asked", e);
            end();
            return beneath.run(command, input, deadline);
        }
    }

    /** What changes elements, rules and chains, in one transaction; empty for scripts with blocks, and for long ones. */
    private static Optional<String> oneLine(String script) {
        boolean fits = !script.isBlank()
                && script.length() <= LONGEST
                && script.lines()
                        .allMatch(line ->
                                line.startsWith("add ") || line.startsWith("delete ") || line.startsWith("flush "));
        return fits ? Optional.of(script.lines().collect(Collectors.joining("; "))) : Optional.empty();
    }

    @GuardedBy("this")
    private @Nullable NftConversation conversation() {
        if (mute) {
            return null;
        }
        if (conversation != null && ++scripts < SCRIPTS_OF_A_LIFE) {
            return conversation;
        }
        end();
        try {
            NftConversation begun = NftConversation.begin(environment.timers(), TO_BEGIN);
            conversation = begun;
            scripts = 0;
            return begun;
        } catch (CommandFailure e) {
            LOG.info("nft is started anew for each change, for it cannot be spoken to: {}", e.getMessage());
            mute = true;
            return null;
        }
    }

    @GuardedBy("this")
    private void end() {
        if (conversation != null) {
            conversation.close();
            conversation = null;
        }
    }

    /** Ends the process. Later scripts get one each. */
    @Override
    public synchronized void close() {
        mute = true;
        end();
    }
}
