package io.orchestrator.core.network.dns;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;

/**
 * What is said to a question. Immutable.
 *
 * @param authoritative whether it is of the cluster's own zone
 */
record Answer(int rcode, boolean authoritative, List<Record> answers, List<Record> authority, List<Record> additional) {
    Answer {
        answers = List.copyOf(answers);
        authority = List.copyOf(authority);
        additional = List.copyOf(additional);
    }

    /** No more than a code. */
    static Answer of(int rcode) {
        return new Answer(rcode, false, List.of(), List.of(), List.of());
    }

    static Answer found(List<Record> answers, List<Record> additional) {
        return new Answer(Rcode.NOERROR, true, answers, List.of(), additional);
    }

    /** Nothing of the kind. @param authority says how long that may be kept */
    static Answer nothing(int rcode, Record authority) {
        return new Answer(rcode, true, List.of(), List.of(authority), List.of());
    }

    /** The name that the asked one stands for and that is still to be looked up; null when there is none. */
    @Nullable
    Name unresolved(Question question) {
        if (answers.size() == 1
                && !question.asksFor(org.xbill.DNS.Type.CNAME)
                && answers.get(0) instanceof CNAMERecord alias) {
            return alias.getTarget();
        }
        return null;
    }

    /** This alias, with what was found of the name that it leads to. */
    Answer followedBy(Answer rest) {
        List<Record> all = new ArrayList<>(answers);
        all.addAll(rest.answers);
        return new Answer(rest.rcode, authoritative, all, rest.authority, rest.additional);
    }
}
