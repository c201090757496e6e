package io.ledgerbridge.hubspot;

/**
 * What a record is, so that the compiler tells an invoice's id from a company's. These types are never instantiated; for a
 * custom object declare one of your own: {@code interface Car extends Crm {}}.
 */
public interface Crm {

    /** An organisation that business is done with. */
    interface Company extends Crm {}

    /** A person. */
    interface Contact extends Crm {}

    /** A sale that is under way or closed. */
    interface Deal extends Crm {}

    /** Something that is sold, in the product library. */
    interface Product extends Crm {}

    /** One line of exactly one deal, quote, invoice or order. */
    interface LineItem extends Crm {}

    /** What a customer owes. */
    interface Invoice extends Crm {}

    /** Money that was received: a commerce payment. */
    interface Payment extends Crm {}

    /** An offer. */
    interface Quote extends Crm {}

    /** What a customer has ordered. */
    interface Order extends Crm {}

    /** What is paid again and again. */
    interface Subscription extends Crm {}

    /** A reduction of a whole invoice, quote or order. */
    interface Discount extends Crm {}

    /** An addition to a whole invoice, quote or order. */
    interface Fee extends Crm {}

    /** A tax on a whole invoice, quote or order. */
    interface Tax extends Crm {}

    /** A page on which a customer pays. */
    interface PaymentLink extends Crm {}

    /** A customer's request. */
    interface Ticket extends Crm {}

    /** A text on the time line of records. */
    interface Note extends Crm {}

    /** How a record stands in HubSpot's own data sync. */
    interface DataSyncState extends Crm {}
}
