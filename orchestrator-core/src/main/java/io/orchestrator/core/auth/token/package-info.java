/**
 * Tokens of service accounts: signed claims that say whose they are, for whom, until when, and without which object they are
 * void; the keys they are signed with; and the documents by which others check them.
 *
 * <p><b>Threading.</b> Everything is safe for concurrent use. <b>Neighbours.</b> Objects are read through an
 * {@link io.orchestrator.core.auth.token.ObjectLookup}; nothing here knows the registry.
 */
@NullMarked
package io.orchestrator.core.auth.token;

import org.jspecify.annotations.NullMarked;
