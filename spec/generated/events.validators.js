// Made by `npm run generate` from spec/events.asyncapi.yaml. Do not edit.
const isObject = (value) => value && typeof value == "object" && !Array.isArray(value);
const fault = (instancePath, keyword, params, propertyName) => ({ instancePath, keyword, params, propertyName });
const refuse = (validate, instancePath, keyword, params, propertyName) => {
    validate.errors = [fault(instancePath, keyword, params, propertyName)];
    return false;
};
// Without a copy of all faults so far: a body of 256 KiB with one in each of its elements took minutes.
const add = (faults, { errors }) => {
    for (const error of errors) faults.push(error);
    return faults.length;
};

export const validateOrderReceived = validate21;


const pattern0 = new RegExp("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", "u");

function validate22(data, instancePath=""){
/*# sourceURL="OrderId" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern0.test(data)){
errors = (vErrors ??= []).push(fault(instancePath, "pattern", {pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
validate22.errors = vErrors;
return errors === 0;
}



function validate24(data, instancePath=""){
/*# sourceURL="PostalAddress" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.line1 === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "line1"}));
}
if(data.city === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "city"}));
}
if(data.postalCode === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "postalCode"}));
}
if(data.country === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "country"}));
}
if(data.name !== undefined){
if(typeof data.name !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/name", "type", {type: "string"}));
}
}
if(data.company !== undefined){
if(typeof data.company !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/company", "type", {type: "string"}));
}
}
if(data.line1 !== undefined){
if(typeof data.line1 !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/line1", "type", {type: "string"}));
}
}
if(data.line2 !== undefined){
if(typeof data.line2 !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/line2", "type", {type: "string"}));
}
}
if(data.city !== undefined){
if(typeof data.city !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/city", "type", {type: "string"}));
}
}
if(data.region !== undefined){
if(typeof data.region !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/region", "type", {type: "string"}));
}
}
if(data.postalCode !== undefined){
if(typeof data.postalCode !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/postalCode", "type", {type: "string"}));
}
}
if(data.country !== undefined){
if(typeof data.country !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/country", "type", {type: "string"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate24.errors = vErrors;
return errors === 0;
}


const formats0 = /^(?:\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)|23:59:60(?:\.\d+)?(?:Z|[+-]00:00))$/i;

function validate26(data, instancePath=""){
/*# sourceURL="Fulfillment" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.id === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "id"}));
}
if(data.type === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "type"}));
}
if(data.title === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "title"}));
}
if(data.items === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "items"}));
}
if(data.price === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "price"}));
}
if(data.discount === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "discount"}));
}
if(data.tax === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "tax"}));
}
if(data.total === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "total"}));
}
if(data.id !== undefined){
if(typeof data.id !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/id", "type", {type: "string"}));
}
}
if(data.type !== undefined){
if(typeof data.type !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/type", "type", {type: "string"}));
}
}
if(data.title !== undefined){
if(typeof data.title !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/title", "type", {type: "string"}));
}
}
if(data.items !== undefined){
let data3 = data.items;
if(Array.isArray(data3)){
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(isObject(data4)){
if(data4.id === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/items/" + i0, "required", {missingProperty: "id"}));
}
if(data4.quantity === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/items/" + i0, "required", {missingProperty: "quantity"}));
}
if(data4.id !== undefined){
if(typeof data4.id !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/items/" + i0+"/id", "type", {type: "string"}));
}
}
if(data4.quantity !== undefined){
let data6 = data4.quantity;
if(!(Number.isInteger(data6))){
errors = (vErrors ??= []).push(fault(instancePath+"/items/" + i0+"/quantity", "type", {type: "integer"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/items/" + i0, "type", {type: "object"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/items", "type", {type: "array"}));
}
}
if(data.earliest !== undefined){
let data7 = data.earliest;
if(typeof data7 === "string"){
if(!(formats0.test(data7))){
errors = (vErrors ??= []).push(fault(instancePath+"/earliest", "format", {format: "date-time"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/earliest", "type", {type: "string"}));
}
}
if(data.latest !== undefined){
let data8 = data.latest;
if(typeof data8 === "string"){
if(!(formats0.test(data8))){
errors = (vErrors ??= []).push(fault(instancePath+"/latest", "format", {format: "date-time"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/latest", "type", {type: "string"}));
}
}
if(data.recipient !== undefined){
let data9 = data.recipient;
if(isObject(data9)){
if(data9.name !== undefined){
if(typeof data9.name !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/recipient/name", "type", {type: "string"}));
}
}
if(data9.email !== undefined){
if(typeof data9.email !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/recipient/email", "type", {type: "string"}));
}
}
if(data9.phone !== undefined){
if(typeof data9.phone !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/recipient/phone", "type", {type: "string"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/recipient", "type", {type: "object"}));
}
}
if(data.address !== undefined){
if(!(validate24(data.address, instancePath+"/address"))){
errors = add(vErrors ??= [], validate24);
}
}
if(data.instructions !== undefined){
if(typeof data.instructions !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/instructions", "type", {type: "string"}));
}
}
if(data.price !== undefined){
let data15 = data.price;
if(!(Number.isFinite(data15))){
errors = (vErrors ??= []).push(fault(instancePath+"/price", "type", {type: "number"}));
}
}
if(data.discount !== undefined){
let data16 = data.discount;
if(!(Number.isFinite(data16))){
errors = (vErrors ??= []).push(fault(instancePath+"/discount", "type", {type: "number"}));
}
}
if(data.discountCodes !== undefined){
let data17 = data.discountCodes;
if(Array.isArray(data17)){
const len1 = data17.length;
for(let i1=0; i1<len1; i1++){
if(typeof data17[i1] !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/discountCodes/" + i1, "type", {type: "string"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/discountCodes", "type", {type: "array"}));
}
}
if(data.tax !== undefined){
let data19 = data.tax;
if(!(Number.isFinite(data19))){
errors = (vErrors ??= []).push(fault(instancePath+"/tax", "type", {type: "number"}));
}
}
if(data.taxRate !== undefined){
let data20 = data.taxRate;
if(!(Number.isFinite(data20))){
errors = (vErrors ??= []).push(fault(instancePath+"/taxRate", "type", {type: "number"}));
}
}
if(data.total !== undefined){
let data21 = data.total;
if(!(Number.isFinite(data21))){
errors = (vErrors ??= []).push(fault(instancePath+"/total", "type", {type: "number"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate26.errors = vErrors;
return errors === 0;
}



function validate29(data, instancePath=""){
/*# sourceURL="Line" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.name === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "name"}));
}
if(data.quantity === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "quantity"}));
}
if(data.productId !== undefined){
if(typeof data.productId !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/productId", "type", {type: "string"}));
}
}
if(data.name !== undefined){
if(typeof data.name !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/name", "type", {type: "string"}));
}
}
if(data.quantity !== undefined){
let data2 = data.quantity;
if(!(Number.isInteger(data2))){
errors = (vErrors ??= []).push(fault(instancePath+"/quantity", "type", {type: "integer"}));
}
}
if(data.unitPrice !== undefined){
let data3 = data.unitPrice;
if(!(Number.isFinite(data3))){
errors = (vErrors ??= []).push(fault(instancePath+"/unitPrice", "type", {type: "number"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate29.errors = vErrors;
return errors === 0;
}




function validate32(data, instancePath=""){
/*# sourceURL="OccurredAt" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!(formats0.test(data))){
errors = (vErrors ??= []).push(fault(instancePath, "format", {format: "date-time"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
validate32.errors = vErrors;
return errors === 0;
}


function validate31(data, instancePath=""){
/*# sourceURL="Meta" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.correlationId === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "correlationId"}));
}
if(data.receivedAt === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "receivedAt"}));
}
if(data.correlationId !== undefined){
if(typeof data.correlationId !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/correlationId", "type", {type: "string"}));
}
}
if(data.receivedAt !== undefined){
let data1 = data.receivedAt;
if(typeof data1 === "string"){
if(!(formats0.test(data1))){
errors = (vErrors ??= []).push(fault(instancePath+"/receivedAt", "format", {format: "date-time"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/receivedAt", "type", {type: "string"}));
}
}
if(data.occurredAt !== undefined){
if(!(validate32(data.occurredAt, instancePath+"/occurredAt"))){
errors = add(vErrors ??= [], validate32);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate31.errors = vErrors;
return errors === 0;
}


function validate21(data, instancePath=""){
/*# sourceURL="OrderReceived" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.orderId === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "orderId"}));
}
if(data.customer === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "customer"}));
}
if(data.items === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "items"}));
}
if(data.lines === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "lines"}));
}
if(data.meta === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "meta"}));
}
if(data.orderId !== undefined){
if(!(validate22(data.orderId, instancePath+"/orderId"))){
errors = add(vErrors ??= [], validate22);
}
}
if(data.customer !== undefined){
let data1 = data.customer;
if((typeof data1 !== "string") && (!(isObject(data1)))){
errors = (vErrors ??= []).push(fault(instancePath+"/customer", "type", {type: ["string","object"]}));
}
const _errs5 = errors;
let valid2 = true;
const _errs6 = errors;
if(typeof data1 !== "string"){
errors = (vErrors ??= []).push({});
}
var _valid0 = _errs6 === errors;
errors = _errs5;
if(vErrors !== null){
if(_errs5){
vErrors.length = _errs5;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs8 = errors;
if(typeof data1 !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/customer", "type", {type: "string"}));
}
var _valid0 = _errs8 === errors;
valid2 = _valid0;
}
if(!valid2){
errors = (vErrors ??= []).push(fault(instancePath+"/customer", "if", {failingKeyword: "then"}));
}
const _errs11 = errors;
let valid3 = true;
const _errs12 = errors;
if(!(isObject(data1))){
errors = (vErrors ??= []).push({});
}
var _valid1 = _errs12 === errors;
errors = _errs11;
if(vErrors !== null){
if(_errs11){
vErrors.length = _errs11;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs14 = errors;
if(isObject(data1)){
if(data1.email === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/customer", "required", {missingProperty: "email"}));
}
if(data1.name !== undefined){
if(typeof data1.name !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/customer/name", "type", {type: "string"}));
}
}
if(data1.email !== undefined){
if(typeof data1.email !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/customer/email", "type", {type: "string"}));
}
}
if(data1.phone !== undefined){
if(typeof data1.phone !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/customer/phone", "type", {type: "string"}));
}
}
if(data1.company !== undefined){
if(typeof data1.company !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/customer/company", "type", {type: "string"}));
}
}
if(data1.taxId !== undefined){
if(typeof data1.taxId !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/customer/taxId", "type", {type: "string"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/customer", "type", {type: "object"}));
}
var _valid1 = _errs14 === errors;
valid3 = _valid1;
}
if(!valid3){
errors = (vErrors ??= []).push(fault(instancePath+"/customer", "if", {failingKeyword: "then"}));
}
}
if(data.items !== undefined){
let data7 = data.items;
if(Array.isArray(data7)){
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
let data8 = data7[i0];
if((typeof data8 !== "string") && (!(isObject(data8)))){
errors = (vErrors ??= []).push(fault(instancePath+"/items/" + i0, "type", {type: ["string","object"]}));
}
const _errs31 = errors;
let valid8 = true;
const _errs32 = errors;
if(typeof data8 !== "string"){
errors = (vErrors ??= []).push({});
}
var _valid2 = _errs32 === errors;
errors = _errs31;
if(vErrors !== null){
if(_errs31){
vErrors.length = _errs31;
}
else {
vErrors = null;
}
}
if(_valid2){
const _errs34 = errors;
if(typeof data8 !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/items/" + i0, "type", {type: "string"}));
}
var _valid2 = _errs34 === errors;
valid8 = _valid2;
}
if(!valid8){
errors = (vErrors ??= []).push(fault(instancePath+"/items/" + i0, "if", {failingKeyword: "then"}));
}
const _errs37 = errors;
let valid9 = true;
const _errs38 = errors;
if(!(isObject(data8))){
errors = (vErrors ??= []).push({});
}
var _valid3 = _errs38 === errors;
errors = _errs37;
if(vErrors !== null){
if(_errs37){
vErrors.length = _errs37;
}
else {
vErrors = null;
}
}
if(_valid3){
const _errs40 = errors;
if(isObject(data8)){
if(data8.productName === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/items/" + i0, "required", {missingProperty: "productName"}));
}
if(data8.quantity === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/items/" + i0, "required", {missingProperty: "quantity"}));
}
if(data8.productId !== undefined){
if(typeof data8.productId !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/items/" + i0+"/productId", "type", {type: "string"}));
}
}
if(data8.productName !== undefined){
if(typeof data8.productName !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/items/" + i0+"/productName", "type", {type: "string"}));
}
}
if(data8.quantity !== undefined){
let data11 = data8.quantity;
if(!(Number.isInteger(data11))){
errors = (vErrors ??= []).push(fault(instancePath+"/items/" + i0+"/quantity", "type", {type: "integer"}));
}
}
if(data8.unitPrice !== undefined){
let data12 = data8.unitPrice;
if(!(Number.isFinite(data12))){
errors = (vErrors ??= []).push(fault(instancePath+"/items/" + i0+"/unitPrice", "type", {type: "number"}));
}
}
if(data8.id !== undefined){
if(typeof data8.id !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/items/" + i0+"/id", "type", {type: "string"}));
}
}
if(data8.discount !== undefined){
let data14 = data8.discount;
if(!(Number.isFinite(data14))){
errors = (vErrors ??= []).push(fault(instancePath+"/items/" + i0+"/discount", "type", {type: "number"}));
}
}
if(data8.discountCodes !== undefined){
let data15 = data8.discountCodes;
if(Array.isArray(data15)){
const len1 = data15.length;
for(let i1=0; i1<len1; i1++){
if(typeof data15[i1] !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/items/" + i0+"/discountCodes/" + i1, "type", {type: "string"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/items/" + i0+"/discountCodes", "type", {type: "array"}));
}
}
if(data8.tax !== undefined){
let data17 = data8.tax;
if(!(Number.isFinite(data17))){
errors = (vErrors ??= []).push(fault(instancePath+"/items/" + i0+"/tax", "type", {type: "number"}));
}
}
if(data8.taxRate !== undefined){
let data18 = data8.taxRate;
if(!(Number.isFinite(data18))){
errors = (vErrors ??= []).push(fault(instancePath+"/items/" + i0+"/taxRate", "type", {type: "number"}));
}
}
if(data8.total !== undefined){
let data19 = data8.total;
if(!(Number.isFinite(data19))){
errors = (vErrors ??= []).push(fault(instancePath+"/items/" + i0+"/total", "type", {type: "number"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/items/" + i0, "type", {type: "object"}));
}
var _valid3 = _errs40 === errors;
valid9 = _valid3;
}
if(!valid9){
errors = (vErrors ??= []).push(fault(instancePath+"/items/" + i0, "if", {failingKeyword: "then"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/items", "type", {type: "array"}));
}
}
if(data.total !== undefined){
let data20 = data.total;
if(!(Number.isFinite(data20))){
errors = (vErrors ??= []).push(fault(instancePath+"/total", "type", {type: "number"}));
}
}
if(data.currency !== undefined){
if(typeof data.currency !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/currency", "type", {type: "string"}));
}
}
if(data.locale !== undefined){
if(typeof data.locale !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/locale", "type", {type: "string"}));
}
}
if(data.metadata !== undefined){
let data23 = data.metadata;
if(!(isObject(data23))){
errors = (vErrors ??= []).push(fault(instancePath+"/metadata", "type", {type: "object"}));
}
}
if(data.billingAddress !== undefined){
if(!(validate24(data.billingAddress, instancePath+"/billingAddress"))){
errors = add(vErrors ??= [], validate24);
}
}
if(data.fulfillments !== undefined){
let data25 = data.fulfillments;
if(Array.isArray(data25)){
const len2 = data25.length;
for(let i2=0; i2<len2; i2++){
if(!(validate26(data25[i2], instancePath+"/fulfillments/" + i2))){
errors = add(vErrors ??= [], validate26);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/fulfillments", "type", {type: "array"}));
}
}
if(data.taxes !== undefined){
let data27 = data.taxes;
if(Array.isArray(data27)){
const len3 = data27.length;
for(let i3=0; i3<len3; i3++){
let data28 = data27[i3];
if(isObject(data28)){
if(data28.jurisdiction === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/taxes/" + i3, "required", {missingProperty: "jurisdiction"}));
}
if(data28.rate === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/taxes/" + i3, "required", {missingProperty: "rate"}));
}
if(data28.amount === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/taxes/" + i3, "required", {missingProperty: "amount"}));
}
if(data28.jurisdiction !== undefined){
if(typeof data28.jurisdiction !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/taxes/" + i3+"/jurisdiction", "type", {type: "string"}));
}
}
if(data28.rate !== undefined){
let data30 = data28.rate;
if(!(Number.isFinite(data30))){
errors = (vErrors ??= []).push(fault(instancePath+"/taxes/" + i3+"/rate", "type", {type: "number"}));
}
}
if(data28.amount !== undefined){
let data31 = data28.amount;
if(!(Number.isFinite(data31))){
errors = (vErrors ??= []).push(fault(instancePath+"/taxes/" + i3+"/amount", "type", {type: "number"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/taxes/" + i3, "type", {type: "object"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/taxes", "type", {type: "array"}));
}
}
if(data.taxIncluded !== undefined){
if(typeof data.taxIncluded !== "boolean"){
errors = (vErrors ??= []).push(fault(instancePath+"/taxIncluded", "type", {type: "boolean"}));
}
}
if(data.totals !== undefined){
let data33 = data.totals;
if(Array.isArray(data33)){
const len4 = data33.length;
for(let i4=0; i4<len4; i4++){
let data34 = data33[i4];
if(isObject(data34)){
if(data34.type === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/totals/" + i4, "required", {missingProperty: "type"}));
}
if(data34.text === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/totals/" + i4, "required", {missingProperty: "text"}));
}
if(data34.amount === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/totals/" + i4, "required", {missingProperty: "amount"}));
}
if(data34.type !== undefined){
if(typeof data34.type !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/totals/" + i4+"/type", "type", {type: "string"}));
}
}
if(data34.text !== undefined){
if(typeof data34.text !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/totals/" + i4+"/text", "type", {type: "string"}));
}
}
if(data34.amount !== undefined){
let data37 = data34.amount;
if(!(Number.isFinite(data37))){
errors = (vErrors ??= []).push(fault(instancePath+"/totals/" + i4+"/amount", "type", {type: "number"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/totals/" + i4, "type", {type: "object"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/totals", "type", {type: "array"}));
}
}
if(data.notes !== undefined){
if(typeof data.notes !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/notes", "type", {type: "string"}));
}
}
if(data.payment !== undefined){
let data39 = data.payment;
if(isObject(data39)){
if(data39.provider === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/payment", "required", {missingProperty: "provider"}));
}
if(data39.id === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/payment", "required", {missingProperty: "id"}));
}
if(data39.state === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/payment", "required", {missingProperty: "state"}));
}
if(data39.amount === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/payment", "required", {missingProperty: "amount"}));
}
if(data39.provider !== undefined){
if(typeof data39.provider !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/payment/provider", "type", {type: "string"}));
}
}
if(data39.id !== undefined){
if(typeof data39.id !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/payment/id", "type", {type: "string"}));
}
}
if(data39.state !== undefined){
if(typeof data39.state !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/payment/state", "type", {type: "string"}));
}
}
if(data39.amount !== undefined){
let data43 = data39.amount;
if(!(Number.isFinite(data43))){
errors = (vErrors ??= []).push(fault(instancePath+"/payment/amount", "type", {type: "number"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/payment", "type", {type: "object"}));
}
}
if(data.checkout !== undefined){
let data44 = data.checkout;
if(isObject(data44)){
if(data44.sessionId === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/checkout", "required", {missingProperty: "sessionId"}));
}
if(data44.sessionId !== undefined){
if(typeof data44.sessionId !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/checkout/sessionId", "type", {type: "string"}));
}
}
if(data44.clientId !== undefined){
if(typeof data44.clientId !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/checkout/clientId", "type", {type: "string"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/checkout", "type", {type: "object"}));
}
}
if(data.lines !== undefined){
let data47 = data.lines;
if(Array.isArray(data47)){
const len5 = data47.length;
for(let i5=0; i5<len5; i5++){
if(!(validate29(data47[i5], instancePath+"/lines/" + i5))){
errors = add(vErrors ??= [], validate29);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/lines", "type", {type: "array"}));
}
}
if(data.meta !== undefined){
if(!(validate31(data.meta, instancePath+"/meta"))){
errors = add(vErrors ??= [], validate31);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate21.errors = vErrors;
return errors === 0;
}

export const validateOrderRejected = validate35;



function validate36(data, instancePath=""){
/*# sourceURL="Fault" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.pointer === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "pointer"}));
}
if(data.detail === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "detail"}));
}
if(data.pointer !== undefined){
if(typeof data.pointer !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/pointer", "type", {type: "string"}));
}
}
if(data.detail !== undefined){
if(typeof data.detail !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/detail", "type", {type: "string"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate36.errors = vErrors;
return errors === 0;
}


function validate35(data, instancePath=""){
/*# sourceURL="OrderRejected" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.orderId === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "orderId"}));
}
if(data.reason === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "reason"}));
}
if(data.meta === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "meta"}));
}
if(data.orderId !== undefined){
if(typeof data.orderId !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/orderId", "type", {type: "string"}));
}
}
if(data.reason !== undefined){
let data1 = data.reason;
if(typeof data1 !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/reason", "type", {type: "string"}));
}
if(!((data1 === "conflict") || (data1 === "invalid"))){
errors = (vErrors ??= []).push(fault(instancePath+"/reason", "enum", {allowedValues: ["conflict","invalid"]}));
}
}
if(data.errors !== undefined){
let data2 = data.errors;
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
if(!(validate36(data2[i0], instancePath+"/errors/" + i0))){
errors = add(vErrors ??= [], validate36);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/errors", "type", {type: "array"}));
}
}
if(data.meta !== undefined){
if(!(validate31(data.meta, instancePath+"/meta"))){
errors = add(vErrors ??= [], validate31);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate35.errors = vErrors;
return errors === 0;
}

export const validateInventoryReserved = validate39;



function validate41(data, instancePath=""){
/*# sourceURL="Quantity" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.productId === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "productId"}));
}
if(data.name === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "name"}));
}
if(data.quantity === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "quantity"}));
}
if(data.productId !== undefined){
if(typeof data.productId !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/productId", "type", {type: "string"}));
}
}
if(data.name !== undefined){
if(typeof data.name !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/name", "type", {type: "string"}));
}
}
if(data.quantity !== undefined){
let data2 = data.quantity;
if(!(Number.isInteger(data2))){
errors = (vErrors ??= []).push(fault(instancePath+"/quantity", "type", {type: "integer"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate41.errors = vErrors;
return errors === 0;
}


function validate39(data, instancePath=""){
/*# sourceURL="InventoryReserved" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.orderId === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "orderId"}));
}
if(data.lines === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "lines"}));
}
if(data.untracked === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "untracked"}));
}
if(data.meta === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "meta"}));
}
if(data.orderId !== undefined){
if(!(validate22(data.orderId, instancePath+"/orderId"))){
errors = add(vErrors ??= [], validate22);
}
}
if(data.lines !== undefined){
let data1 = data.lines;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
if(!(validate41(data1[i0], instancePath+"/lines/" + i0))){
errors = add(vErrors ??= [], validate41);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/lines", "type", {type: "array"}));
}
}
if(data.untracked !== undefined){
let data3 = data.untracked;
if(Array.isArray(data3)){
const len1 = data3.length;
for(let i1=0; i1<len1; i1++){
if(!(validate29(data3[i1], instancePath+"/untracked/" + i1))){
errors = add(vErrors ??= [], validate29);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/untracked", "type", {type: "array"}));
}
}
if(data.meta !== undefined){
if(!(validate31(data.meta, instancePath+"/meta"))){
errors = add(vErrors ??= [], validate31);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate39.errors = vErrors;
return errors === 0;
}

export const validateInventoryShortage = validate45;



function validate49(data, instancePath=""){
/*# sourceURL="Shortage" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.productId === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "productId"}));
}
if(data.name === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "name"}));
}
if(data.quantity === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "quantity"}));
}
if(data.available === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "available"}));
}
if(data.productId !== undefined){
if(typeof data.productId !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/productId", "type", {type: "string"}));
}
}
if(data.name !== undefined){
if(typeof data.name !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/name", "type", {type: "string"}));
}
}
if(data.quantity !== undefined){
let data2 = data.quantity;
if(!(Number.isInteger(data2))){
errors = (vErrors ??= []).push(fault(instancePath+"/quantity", "type", {type: "integer"}));
}
}
if(data.available !== undefined){
let data3 = data.available;
if(!(Number.isInteger(data3))){
errors = (vErrors ??= []).push(fault(instancePath+"/available", "type", {type: "integer"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate49.errors = vErrors;
return errors === 0;
}


function validate45(data, instancePath=""){
/*# sourceURL="InventoryShortage" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.orderId === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "orderId"}));
}
if(data.lines === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "lines"}));
}
if(data.untracked === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "untracked"}));
}
if(data.short === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "short"}));
}
if(data.meta === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "meta"}));
}
if(data.orderId !== undefined){
if(!(validate22(data.orderId, instancePath+"/orderId"))){
errors = add(vErrors ??= [], validate22);
}
}
if(data.lines !== undefined){
let data1 = data.lines;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
if(!(validate41(data1[i0], instancePath+"/lines/" + i0))){
errors = add(vErrors ??= [], validate41);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/lines", "type", {type: "array"}));
}
}
if(data.untracked !== undefined){
let data3 = data.untracked;
if(Array.isArray(data3)){
const len1 = data3.length;
for(let i1=0; i1<len1; i1++){
if(!(validate29(data3[i1], instancePath+"/untracked/" + i1))){
errors = add(vErrors ??= [], validate29);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/untracked", "type", {type: "array"}));
}
}
if(data.short !== undefined){
let data5 = data.short;
if(Array.isArray(data5)){
if(data5.length < 1){
errors = (vErrors ??= []).push(fault(instancePath+"/short", "minItems", {limit: 1}));
}
const len2 = data5.length;
for(let i2=0; i2<len2; i2++){
if(!(validate49(data5[i2], instancePath+"/short/" + i2))){
errors = add(vErrors ??= [], validate49);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/short", "type", {type: "array"}));
}
}
if(data.meta !== undefined){
if(!(validate31(data.meta, instancePath+"/meta"))){
errors = add(vErrors ??= [], validate31);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate45.errors = vErrors;
return errors === 0;
}

export const validateDocumentGenerated = validate52;


function validate52(data, instancePath=""){
/*# sourceURL="DocumentGenerated" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.orderId === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "orderId"}));
}
if(data.bucket === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "bucket"}));
}
if(data.key === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "key"}));
}
if(data.meta === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "meta"}));
}
if(data.orderId !== undefined){
if(!(validate22(data.orderId, instancePath+"/orderId"))){
errors = add(vErrors ??= [], validate22);
}
}
if(data.bucket !== undefined){
if(typeof data.bucket !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/bucket", "type", {type: "string"}));
}
}
if(data.key !== undefined){
if(typeof data.key !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/key", "type", {type: "string"}));
}
}
if(data.meta !== undefined){
if(!(validate31(data.meta, instancePath+"/meta"))){
errors = add(vErrors ??= [], validate31);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate52.errors = vErrors;
return errors === 0;
}

export const validatePaymentUpdated = validate55;


function validate55(data, instancePath=""){
/*# sourceURL="PaymentUpdated" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.orderId === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "orderId"}));
}
if(data.version === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "version"}));
}
if(data.payment === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "payment"}));
}
if(data.adjustments === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "adjustments"}));
}
if(data.isCanceled === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "isCanceled"}));
}
if(data.isPending === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "isPending"}));
}
if(data.meta === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "meta"}));
}
if(data.orderId !== undefined){
if(!(validate22(data.orderId, instancePath+"/orderId"))){
errors = add(vErrors ??= [], validate22);
}
}
if(data.version !== undefined){
let data1 = data.version;
if(!(Number.isInteger(data1))){
errors = (vErrors ??= []).push(fault(instancePath+"/version", "type", {type: "integer"}));
}
if(Number.isFinite(data1)){
if(data1 < 1 || isNaN(data1)){
errors = (vErrors ??= []).push(fault(instancePath+"/version", "minimum", {limit: 1}));
}
}
}
if(data.payment !== undefined){
let data2 = data.payment;
if(isObject(data2)){
if(data2.provider === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/payment", "required", {missingProperty: "provider"}));
}
if(data2.id === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/payment", "required", {missingProperty: "id"}));
}
if(data2.state === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/payment", "required", {missingProperty: "state"}));
}
if(data2.amount === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/payment", "required", {missingProperty: "amount"}));
}
if(data2.currency === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/payment", "required", {missingProperty: "currency"}));
}
if(data2.provider !== undefined){
let data3 = data2.provider;
if(!((data3 === "sandbox") || (data3 === "stripe"))){
errors = (vErrors ??= []).push(fault(instancePath+"/payment/provider", "enum", {allowedValues: ["sandbox","stripe"]}));
}
}
if(data2.id !== undefined){
if(typeof data2.id !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/payment/id", "type", {type: "string"}));
}
}
if(data2.state !== undefined){
let data5 = data2.state;
if(!(((((data5 === "authorized") || (data5 === "captured")) || (data5 === "partially_refunded")) || (data5 === "refunded")) || (data5 === "voided"))){
errors = (vErrors ??= []).push(fault(instancePath+"/payment/state", "enum", {allowedValues: ["authorized","captured","partially_refunded","refunded","voided"]}));
}
}
if(data2.amount !== undefined){
let data6 = data2.amount;
if(!(Number.isInteger(data6))){
errors = (vErrors ??= []).push(fault(instancePath+"/payment/amount", "type", {type: "integer"}));
}
}
if(data2.currency !== undefined){
if(typeof data2.currency !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/payment/currency", "type", {type: "string"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/payment", "type", {type: "object"}));
}
}
if(data.adjustments !== undefined){
let data8 = data.adjustments;
if(Array.isArray(data8)){
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
let data9 = data8[i0];
if(isObject(data9)){
if(data9.id === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/adjustments/" + i0, "required", {missingProperty: "id"}));
}
if(data9.type === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/adjustments/" + i0, "required", {missingProperty: "type"}));
}
if(data9.occurred_at === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/adjustments/" + i0, "required", {missingProperty: "occurred_at"}));
}
if(data9.status === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/adjustments/" + i0, "required", {missingProperty: "status"}));
}
if(data9.amount === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/adjustments/" + i0, "required", {missingProperty: "amount"}));
}
if(data9.currency === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/adjustments/" + i0, "required", {missingProperty: "currency"}));
}
if(data9.id !== undefined){
if(typeof data9.id !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/adjustments/" + i0+"/id", "type", {type: "string"}));
}
}
if(data9.type !== undefined){
let data11 = data9.type;
if(!(((data11 === "refund") || (data11 === "cancellation")) || (data11 === "dispute"))){
errors = (vErrors ??= []).push(fault(instancePath+"/adjustments/" + i0+"/type", "enum", {allowedValues: ["refund","cancellation","dispute"]}));
}
}
if(data9.occurred_at !== undefined){
let data12 = data9.occurred_at;
if(typeof data12 === "string"){
if(!(formats0.test(data12))){
errors = (vErrors ??= []).push(fault(instancePath+"/adjustments/" + i0+"/occurred_at", "format", {format: "date-time"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/adjustments/" + i0+"/occurred_at", "type", {type: "string"}));
}
}
if(data9.status !== undefined){
let data13 = data9.status;
if(!(((data13 === "pending") || (data13 === "completed")) || (data13 === "failed"))){
errors = (vErrors ??= []).push(fault(instancePath+"/adjustments/" + i0+"/status", "enum", {allowedValues: ["pending","completed","failed"]}));
}
}
if(data9.amount !== undefined){
let data14 = data9.amount;
if(!(Number.isInteger(data14))){
errors = (vErrors ??= []).push(fault(instancePath+"/adjustments/" + i0+"/amount", "type", {type: "integer"}));
}
}
if(data9.currency !== undefined){
if(typeof data9.currency !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/adjustments/" + i0+"/currency", "type", {type: "string"}));
}
}
if(data9.line_items !== undefined){
let data16 = data9.line_items;
if(Array.isArray(data16)){
const len1 = data16.length;
for(let i1=0; i1<len1; i1++){
let data17 = data16[i1];
if(isObject(data17)){
if(data17.id === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/adjustments/" + i0+"/line_items/" + i1, "required", {missingProperty: "id"}));
}
if(data17.quantity === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/adjustments/" + i0+"/line_items/" + i1, "required", {missingProperty: "quantity"}));
}
if(data17.id !== undefined){
if(typeof data17.id !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/adjustments/" + i0+"/line_items/" + i1+"/id", "type", {type: "string"}));
}
}
if(data17.quantity !== undefined){
let data19 = data17.quantity;
if(!(Number.isInteger(data19))){
errors = (vErrors ??= []).push(fault(instancePath+"/adjustments/" + i0+"/line_items/" + i1+"/quantity", "type", {type: "integer"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/adjustments/" + i0+"/line_items/" + i1, "type", {type: "object"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/adjustments/" + i0+"/line_items", "type", {type: "array"}));
}
}
if(data9.reason !== undefined){
if(typeof data9.reason !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/adjustments/" + i0+"/reason", "type", {type: "string"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/adjustments/" + i0, "type", {type: "object"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/adjustments", "type", {type: "array"}));
}
}
if(data.isCanceled !== undefined){
if(typeof data.isCanceled !== "boolean"){
errors = (vErrors ??= []).push(fault(instancePath+"/isCanceled", "type", {type: "boolean"}));
}
}
if(data.isPending !== undefined){
if(typeof data.isPending !== "boolean"){
errors = (vErrors ??= []).push(fault(instancePath+"/isPending", "type", {type: "boolean"}));
}
}
if(data.meta !== undefined){
if(!(validate31(data.meta, instancePath+"/meta"))){
errors = add(vErrors ??= [], validate31);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate55.errors = vErrors;
return errors === 0;
}

export const validateOrderUpdated = validate58;



function validate60(data, instancePath=""){
/*# sourceURL="Pieces" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.id === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "id"}));
}
if(data.quantity === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "quantity"}));
}
if(data.id !== undefined){
if(typeof data.id !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/id", "type", {type: "string"}));
}
}
if(data.quantity !== undefined){
let data1 = data.quantity;
if(!(Number.isInteger(data1))){
errors = (vErrors ??= []).push(fault(instancePath+"/quantity", "type", {type: "integer"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate60.errors = vErrors;
return errors === 0;
}



function validate63(data, instancePath=""){
/*# sourceURL="OrderChange" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.type === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "type"}));
}
if(data.id === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "id"}));
}
if(data.type !== undefined){
let data0 = data.type;
if(!((((data0 === "fulfillment") || (data0 === "cancellation")) || (data0 === "note")) || (data0 === "payment"))){
errors = (vErrors ??= []).push(fault(instancePath+"/type", "enum", {allowedValues: ["fulfillment","cancellation","note","payment"]}));
}
}
if(data.id !== undefined){
if(typeof data.id !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/id", "type", {type: "string"}));
}
}
if(data.status !== undefined){
if(typeof data.status !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/status", "type", {type: "string"}));
}
}
if(data.sequence !== undefined){
let data3 = data.sequence;
if(!(Number.isInteger(data3))){
errors = (vErrors ??= []).push(fault(instancePath+"/sequence", "type", {type: "integer"}));
}
}
if(data.lines !== undefined){
let data4 = data.lines;
if(Array.isArray(data4)){
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
if(isObject(data5)){
if(data5.id === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/lines/" + i0, "required", {missingProperty: "id"}));
}
if(data5.name === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/lines/" + i0, "required", {missingProperty: "name"}));
}
if(data5.quantity === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/lines/" + i0, "required", {missingProperty: "quantity"}));
}
if(data5.id !== undefined){
if(typeof data5.id !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/lines/" + i0+"/id", "type", {type: "string"}));
}
}
if(data5.productId !== undefined){
if(typeof data5.productId !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/lines/" + i0+"/productId", "type", {type: "string"}));
}
}
if(data5.name !== undefined){
if(typeof data5.name !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/lines/" + i0+"/name", "type", {type: "string"}));
}
}
if(data5.quantity !== undefined){
let data9 = data5.quantity;
if(!(Number.isInteger(data9))){
errors = (vErrors ??= []).push(fault(instancePath+"/lines/" + i0+"/quantity", "type", {type: "integer"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/lines/" + i0, "type", {type: "object"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/lines", "type", {type: "array"}));
}
}
if(data.carrier !== undefined){
if(typeof data.carrier !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/carrier", "type", {type: "string"}));
}
}
if(data.trackingNumber !== undefined){
if(typeof data.trackingNumber !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/trackingNumber", "type", {type: "string"}));
}
}
if(data.trackingUrl !== undefined){
if(typeof data.trackingUrl !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/trackingUrl", "type", {type: "string"}));
}
}
if(data.reason !== undefined){
if(typeof data.reason !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/reason", "type", {type: "string"}));
}
}
if(data.text !== undefined){
if(typeof data.text !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/text", "type", {type: "string"}));
}
}
if(data.audience !== undefined){
let data15 = data.audience;
if(!((data15 === "internal") || (data15 === "customer"))){
errors = (vErrors ??= []).push(fault(instancePath+"/audience", "enum", {allowedValues: ["internal","customer"]}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate63.errors = vErrors;
return errors === 0;
}


function validate58(data, instancePath=""){
/*# sourceURL="OrderUpdated" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.orderId === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "orderId"}));
}
if(data.orderId !== undefined){
if(!(validate22(data.orderId, instancePath+"/orderId"))){
errors = add(vErrors ??= [], validate22);
}
}
if(data.status !== undefined){
if(typeof data.status !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/status", "type", {type: "string"}));
}
}
if(data.line_items !== undefined){
let data2 = data.line_items;
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(isObject(data3)){
if(data3.id === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/line_items/" + i0, "required", {missingProperty: "id"}));
}
if(data3.id !== undefined){
if(typeof data3.id !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/line_items/" + i0+"/id", "type", {type: "string"}));
}
}
if(data3.quantity !== undefined){
let data5 = data3.quantity;
if(isObject(data5)){
if(data5.ordered !== undefined){
let data6 = data5.ordered;
if(!(Number.isInteger(data6))){
errors = (vErrors ??= []).push(fault(instancePath+"/line_items/" + i0+"/quantity/ordered", "type", {type: "integer"}));
}
}
if(data5.current !== undefined){
let data7 = data5.current;
if(!(Number.isInteger(data7))){
errors = (vErrors ??= []).push(fault(instancePath+"/line_items/" + i0+"/quantity/current", "type", {type: "integer"}));
}
}
if(data5.fulfilled !== undefined){
let data8 = data5.fulfilled;
if(!(Number.isInteger(data8))){
errors = (vErrors ??= []).push(fault(instancePath+"/line_items/" + i0+"/quantity/fulfilled", "type", {type: "integer"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/line_items/" + i0+"/quantity", "type", {type: "object"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/line_items/" + i0, "type", {type: "object"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/line_items", "type", {type: "array"}));
}
}
if(data.fulfillments !== undefined){
let data9 = data.fulfillments;
if(Array.isArray(data9)){
const len1 = data9.length;
for(let i1=0; i1<len1; i1++){
let data10 = data9[i1];
if(isObject(data10)){
if(data10.id === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/fulfillments/" + i1, "required", {missingProperty: "id"}));
}
if(data10.id !== undefined){
if(typeof data10.id !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/fulfillments/" + i1+"/id", "type", {type: "string"}));
}
}
if(data10.type !== undefined){
if(typeof data10.type !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/fulfillments/" + i1+"/type", "type", {type: "string"}));
}
}
if(data10.status !== undefined){
if(typeof data10.status !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/fulfillments/" + i1+"/status", "type", {type: "string"}));
}
}
if(data10.line_items !== undefined){
let data14 = data10.line_items;
if(Array.isArray(data14)){
const len2 = data14.length;
for(let i2=0; i2<len2; i2++){
if(!(validate60(data14[i2], instancePath+"/fulfillments/" + i1+"/line_items/" + i2))){
errors = add(vErrors ??= [], validate60);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/fulfillments/" + i1+"/line_items", "type", {type: "array"}));
}
}
if(data10.carrier !== undefined){
if(typeof data10.carrier !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/fulfillments/" + i1+"/carrier", "type", {type: "string"}));
}
}
if(data10.tracking_number !== undefined){
if(typeof data10.tracking_number !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/fulfillments/" + i1+"/tracking_number", "type", {type: "string"}));
}
}
if(data10.tracking_url !== undefined){
if(typeof data10.tracking_url !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/fulfillments/" + i1+"/tracking_url", "type", {type: "string"}));
}
}
if(data10.events !== undefined){
let data19 = data10.events;
if(Array.isArray(data19)){
const len3 = data19.length;
for(let i3=0; i3<len3; i3++){
let data20 = data19[i3];
if(!(isObject(data20))){
errors = (vErrors ??= []).push(fault(instancePath+"/fulfillments/" + i1+"/events/" + i3, "type", {type: "object"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/fulfillments/" + i1+"/events", "type", {type: "array"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/fulfillments/" + i1, "type", {type: "object"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/fulfillments", "type", {type: "array"}));
}
}
if(data.adjustments !== undefined){
let data21 = data.adjustments;
if(Array.isArray(data21)){
const len4 = data21.length;
for(let i4=0; i4<len4; i4++){
let data22 = data21[i4];
if(!(isObject(data22))){
errors = (vErrors ??= []).push(fault(instancePath+"/adjustments/" + i4, "type", {type: "object"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/adjustments", "type", {type: "array"}));
}
}
if(data.estimated_delivery !== undefined){
let data23 = data.estimated_delivery;
if(!(isObject(data23))){
errors = (vErrors ??= []).push(fault(instancePath+"/estimated_delivery", "type", {type: "object"}));
}
}
if(data.notes !== undefined){
let data24 = data.notes;
if(Array.isArray(data24)){
const len5 = data24.length;
for(let i5=0; i5<len5; i5++){
let data25 = data24[i5];
if(isObject(data25)){
if(data25.id === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/notes/" + i5, "required", {missingProperty: "id"}));
}
if(data25.text === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/notes/" + i5, "required", {missingProperty: "text"}));
}
if(data25.id !== undefined){
if(typeof data25.id !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/notes/" + i5+"/id", "type", {type: "string"}));
}
}
if(data25.text !== undefined){
if(typeof data25.text !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/notes/" + i5+"/text", "type", {type: "string"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/notes/" + i5, "type", {type: "object"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/notes", "type", {type: "array"}));
}
}
if(data.meta !== undefined){
let data28 = data.meta;
if(isObject(data28)){
if(data28.correlationId !== undefined){
if(typeof data28.correlationId !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/meta/correlationId", "type", {type: "string"}));
}
}
if(data28.occurredAt !== undefined){
if(!(validate32(data28.occurredAt, instancePath+"/meta/occurredAt"))){
errors = add(vErrors ??= [], validate32);
}
}
if(data28.version !== undefined){
let data31 = data28.version;
if(!(Number.isInteger(data31))){
errors = (vErrors ??= []).push(fault(instancePath+"/meta/version", "type", {type: "integer"}));
}
}
if(data28.change !== undefined){
if(!(validate63(data28.change, instancePath+"/meta/change"))){
errors = add(vErrors ??= [], validate63);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/meta", "type", {type: "object"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate58.errors = vErrors;
return errors === 0;
}

export const validateProductUpdated = validate65;


function validate65(data, instancePath=""){
/*# sourceURL="ProductUpdated" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.productId === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "productId"}));
}
if(data.change === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "change"}));
}
if(data.members === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "members"}));
}
if(data.changeId === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "changeId"}));
}
if(data.meta === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "meta"}));
}
if(data.productId !== undefined){
if(typeof data.productId !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/productId", "type", {type: "string"}));
}
}
if(data.change !== undefined){
let data1 = data.change;
if(!(((data1 === "created") || (data1 === "changed")) || (data1 === "deleted"))){
errors = (vErrors ??= []).push(fault(instancePath+"/change", "enum", {allowedValues: ["created","changed","deleted"]}));
}
}
if(data.members !== undefined){
let data2 = data.members;
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
if(typeof data2[i0] !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/members/" + i0, "type", {type: "string"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/members", "type", {type: "array"}));
}
}
if(data.product !== undefined){
let data4 = data.product;
if(isObject(data4)){
if(data4.productId === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/product", "required", {missingProperty: "productId"}));
}
if(data4.title === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/product", "required", {missingProperty: "title"}));
}
if(data4.prices === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/product", "required", {missingProperty: "prices"}));
}
if(data4.availability === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/product", "required", {missingProperty: "availability"}));
}
if(data4.productId !== undefined){
if(typeof data4.productId !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/product/productId", "type", {type: "string"}));
}
}
if(data4.title !== undefined){
if(typeof data4.title !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/product/title", "type", {type: "string"}));
}
}
if(data4.prices !== undefined){
let data7 = data4.prices;
if(isObject(data7)){
for(const key0 in data7){
let data8 = data7[key0];
if(!(Number.isInteger(data8))){
errors = (vErrors ??= []).push(fault(instancePath+"/product/prices/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), "type", {type: "integer"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/product/prices", "type", {type: "object"}));
}
}
if(data4.availability !== undefined){
if(typeof data4.availability !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/product/availability", "type", {type: "string"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/product", "type", {type: "object"}));
}
}
if(data.sellable !== undefined){
let data10 = data.sellable;
if(!(Number.isInteger(data10))){
errors = (vErrors ??= []).push(fault(instancePath+"/sellable", "type", {type: "integer"}));
}
}
if(data.changeId !== undefined){
if(typeof data.changeId !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/changeId", "type", {type: "string"}));
}
}
if(data.meta !== undefined){
let data12 = data.meta;
if(isObject(data12)){
if(data12.correlationId === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/meta", "required", {missingProperty: "correlationId"}));
}
if(data12.correlationId !== undefined){
if(typeof data12.correlationId !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/meta/correlationId", "type", {type: "string"}));
}
}
if(data12.occurredAt !== undefined){
if(!(validate32(data12.occurredAt, instancePath+"/meta/occurredAt"))){
errors = add(vErrors ??= [], validate32);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/meta", "type", {type: "object"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate65.errors = vErrors;
return errors === 0;
}

export const rules = {
    "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$": "must be 1 to 64 letters, digits or . _ - and begin with a letter or digit"
};
