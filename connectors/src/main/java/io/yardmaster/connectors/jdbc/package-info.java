/**
 * Connections to PostgreSQL, MariaDB and MySQL, for polling, for the check, and for the position of a capture.
 *
 * <p>The plug-in uses the drivers that it brings, whatever else is registered in the worker. Every call has a limit:
 * connecting, each statement (the server's time-out, where the driver has one), and the answer on the network.
 */
package io.yardmaster.connectors.jdbc;
