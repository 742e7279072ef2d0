/**
 * Who is asking and what they may do: the certificate authority and the certificates made from it, tokens, authentication
 * and authorization.
 */
@NullMarked
package io.orchestrator.core.auth;

import org.jspecify.annotations.NullMarked;
