package io.yardmaster.connectors.polling;

import io.yardmaster.connectors.event.Change;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Reads the outbox page by page. Guarantees: every committed row is read, however late its transaction committed; a
 * row comes after all that were committed before it was inserted; from an offset on the same rows are read again, in
 * the same order.
 */
interface OutboxPages {
    /**
     * The rows after an offset; none if there is nothing new yet.
     *
     * @param offset of the last {@link Change} read; empty at the very beginning
     * @throws StaleOffsetException if rows could be passed over, because the database was restored or is another
     */
    List<Change> after(Connection connection, Map<String, ?> offset) throws SQLException, StaleOffsetException;
}
