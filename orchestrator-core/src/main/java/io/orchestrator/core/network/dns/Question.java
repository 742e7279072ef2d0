package io.orchestrator.core.network.dns;

import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * What is asked.
 *
 * @param dnssec whether signatures are wanted, too; the cluster's own names have none
 * @param unchecked whether the asker checks signatures itself
 */
record Question(Name name, int type, boolean dnssec, boolean unchecked) {

    /** The same about another name. */
    Question about(Name other) {
        return new Question(other, type, dnssec, unchecked);
    }

    /** Whether a record of this type is meant. */
    boolean asksFor(int recordType) {
        return type == recordType || type == Type.ANY;
    }
}
