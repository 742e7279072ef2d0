package io.orchestrator.core.cel;

import java.util.regex.Pattern;

/**
 * Who may do what, as expressions ask it: the value of a variable of {@link ValueType#ACCESS} is one of these. Called on the
 * thread that evaluates; it must not block.
 */
public interface Access {

    /** What the one in question wants to do. @param path for what is no resource; empty else */
    record Question(
            String group,
            String resource,
            String subresource,
            String namespace,
            String name,
            String verb,
            String path) {

        /** The same with another verb. */
        public Question verb(String asked) {
            return new Question(group, resource, subresource, namespace, name, asked, path);
        }
    }

    /** @param reason why; may be empty @param error why there is no answer; empty where there is one */
    record Answer(boolean allowed, String reason, String error) {}

    Answer answer(Question question);

    /** The same of a service account. */
    Access of(String namespace, String serviceAccount);

    /** A question without its verb, and whom it is about: the value of a variable of {@link ValueType#RESOURCE_CHECK}. */
    record Check(Access access, Question question) {
        private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

        Answer ask(String verb) {
            return access.answer(question.verb(verb));
        }

        static Check ofPath(Access access, String path) {
            if (path.isBlank()) {
                throw new IllegalArgumentException("path must not be empty");
            }
            return new Check(access, new Question("", "", "", "", "", "", path));
        }

        static Check ofGroup(Access access, String group) {
            return new Check(access, new Question(group, "", "", "", "", "", ""));
        }

        Check resource(String resource) {
            return with(resource, question.subresource(), question.namespace(), question.name());
        }

        Check subresource(String subresource) {
            return with(question.resource(), subresource, question.namespace(), question.name());
        }

        Check namespace(String namespace) {
            return with(question.resource(), question.subresource(), namespace, question.name());
        }

        Check name(String name) {
            return with(question.resource(), question.subresource(), question.namespace(), name);
        }

        private Check with(String resource, String subresource, String namespace, String name) {
            return new Check(
                    access,
                    new Question(question.group(), resource, subresource, namespace, name, question.verb(), ""));
        }

        static Access serviceAccount(Access access, String namespace, String name) {
            if (!LABEL.matcher(namespace).matches()) {
                throw new IllegalArgumentException("invalid service account namespace " + namespace);
            }
            if (name.isEmpty()) {
                throw new IllegalArgumentException("invalid service account name " + name);
            }
            return access.of(namespace, name);
        }
    }
}
