package io.orchestrator.core.network.dns;

import io.orchestrator.core.network.io.SelectorLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Asks other servers, one after the other until one answers, and keeps what they said. Who asks what is being asked already
 * waits for that; beyond a number of questions under way, further ones fail at once. Owned by its loop.
 */
final class Forwarder implements Upstream {
    private static final int MOST_UNDER_WAY = 1000;
    private static final int MOST_WAITING = 1000;
    private static final int IDS = 1 << 16;

    private final List<InetSocketAddress> servers;
    private final SelectorLoop loop;
    private final AnswerCache cache;
    private final Duration patience;
    private final RandomGenerator random;
    private final Map<Question, List<Consumer<Answer>>> underWay = new HashMap<>();

    /** @param patience how long each server has at each try */
    Forwarder(
            List<InetSocketAddress> servers,
            SelectorLoop loop,
            AnswerCache cache,
            Duration patience,
            RandomGenerator random) {
        this.servers = List.copyOf(servers);
        this.loop = loop;
        this.cache = cache;
        this.patience = patience;
        this.random = random;
    }

    @Override
    public void ask(Question question, Consumer<Answer> then) {
        if (servers.isEmpty()) {
            then.accept(Answer.of(Rcode.REFUSED));
            return;
        }
        Answer known = cache.find(question);
        if (known != null) {
            then.accept(known);
            return;
        }
        List<Consumer<Answer>> waiting = underWay.get(question);
        if (waiting != null && waiting.size() < MOST_WAITING) {
            waiting.add(then);
        } else if (waiting != null || underWay.size() >= MOST_UNDER_WAY) {
            then.accept(Answer.of(Rcode.SERVFAIL));
        } else {
            List<Consumer<Answer>> first = new ArrayList<>();
            first.add(then);
            underWay.put(question, first);
            new UpstreamExchange(
                            loop, servers, patience, question, random.nextInt(IDS), said -> answered(question, said))
                    .begin();
        }
    }

    private void answered(Question question, @Nullable Message said) {
        Answer answer = said == null ? Answer.of(Rcode.SERVFAIL) : read(said);
        if (said != null && !said.getHeader().getFlag(Flags.TC)) {
            cache.keep(question, answer);
        }
        List<Consumer<Answer>> waiting = underWay.remove(question);
        if (waiting != null) {
            waiting.forEach(each -> each.accept(answer));
        }
    }

    private static Answer read(Message said) {
        return new Answer(
                said.getHeader().getRcode(),
                false,
                section(said, Section.ANSWER),
                section(said, Section.AUTHORITY),
                section(said, Section.ADDITIONAL));
    }

    /** What concerns only the two who spoke is left out. */
    private static List<Record> section(Message said, int section) {
        return said.getSection(section).stream()
                .filter(record -> record.getType() != Type.OPT && record.getType() != Type.TSIG)
                .toList();
    }
}
