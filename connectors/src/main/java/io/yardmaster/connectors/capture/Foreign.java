package io.yardmaster.connectors.capture;

import org.apache.kafka.connect.errors.ConnectException;

/**
 * An object of another plug-in. It is made and runs with the class loader of that plug-in as the thread's, as if
 * Connect itself had called it, so that Debezium may lie in a directory of its own, as it is published.
 *
 * @param object of a class that only its own loader knows
 */
record Foreign<T>(T object) {
    /** A call on the object. */
    interface Work<T, R, E extends Exception> {
        R with(T object) throws E;
    }

    /** Throws a {@link ConnectException} in one line if there is no such class, or it is no {@code type}. */
    static <T> Foreign<T> instance(String className, Class<T> type) {
        // Connect looks into all plug-ins for a class that this one does not have.
        return instance(className, type, Foreign.class.getClassLoader());
    }

    /** An instance of a class that the object has named, of the object's plug-in. */
    <U> Foreign<U> sibling(String className, Class<U> type) {
        return instance(className, type, object.getClass().getClassLoader());
    }

    private static <T> Foreign<T> instance(String className, Class<T> type, ClassLoader loader) {
        try {
            Class<? extends T> found = Class.forName(className, true, loader).asSubclass(type);
            return new Foreign<>(Foreign.<T, ReflectiveOperationException>within(
                    found.getClassLoader(), () -> found.getDeclaredConstructor().newInstance()));
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            throw new ConnectException(
                    "%s is no %s that this worker has on its plugin.path".formatted(className, type.getSimpleName()),
                    e);
        }
    }

    <R, E extends Exception> R call(Work<? super T, R, E> work) throws E {
        return within(object.getClass().getClassLoader(), () -> work.with(object));
    }

    private interface Action<R, E extends Exception> {
        R run() throws E;
    }

    private static <R, E extends Exception> R within(ClassLoader loader, Action<R, E> action) throws E {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return action.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
