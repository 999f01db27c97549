// Made by `npm run generate` from spec/orders.openapi.yaml. Do not edit.
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
const names0 = new Set(["id","productId","productName","quantity","unitPrice","discount","discountCodes","tax","taxRate","total"]);
const names1 = new Set(["id","type","title","items","earliest","latest","recipient","address","instructions","price","discount","discountCodes","tax","taxRate","total"]);
const names2 = new Set(["orderId","customer","billingAddress","items","fulfillments","taxes","taxIncluded","totals","total","currency","locale","notes","payment","checkout","metadata"]);

export const validateCartOrder = validate21;


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


const func2 = (text) => { let length = 0; for (const _ of text) length += 1; return length; };
const pattern1 = new RegExp("^(?![\\s\\p{Z}\\p{M}\\p{Cf}\\p{Default_Ignorable_Code_Point}\\u2800]*$)[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$", "u");

function validate24(data, instancePath=""){
/*# sourceURL="ShortText" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func2(data) > 255){
errors = (vErrors ??= []).push(fault(instancePath, "maxLength", {limit: 255}));
}
if(!pattern1.test(data)){
errors = (vErrors ??= []).push(fault(instancePath, "pattern", {pattern: "^(?![\\s\\p{Z}\\p{M}\\p{Cf}\\p{Default_Ignorable_Code_Point}\\u2800]*$)[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
validate24.errors = vErrors;
return errors === 0;
}



const pattern2 = new RegExp("^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$", "u");

function validate28(data, instancePath=""){
/*# sourceURL="Email" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func2(data) > 254){
errors = (vErrors ??= []).push(fault(instancePath, "maxLength", {limit: 254}));
}
if(!pattern2.test(data)){
errors = (vErrors ??= []).push(fault(instancePath, "pattern", {pattern: "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
validate28.errors = vErrors;
return errors === 0;
}


function validate26(data, instancePath=""){
/*# sourceURL="Customer" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.name === null){
delete data.name;
}
}
if(isObject(data)){
if(data.email === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "email"}));
}
for(const key0 in data){
if(!((key0 === "name") || (key0 === "email"))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.name !== undefined){
if(!(validate24(data.name, instancePath+"/name"))){
errors = add(vErrors ??= [], validate24);
}
}
if(data.email !== undefined){
if(!(validate28(data.email, instancePath+"/email"))){
errors = add(vErrors ??= [], validate28);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate26.errors = vErrors;
return errors === 0;
}



const pattern3 = new RegExp("^[!-~]{1,64}$", "u");

function validate33(data, instancePath=""){
/*# sourceURL="ProductId" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern3.test(data)){
errors = (vErrors ??= []).push(fault(instancePath, "pattern", {pattern: "^[!-~]{1,64}$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
validate33.errors = vErrors;
return errors === 0;
}



function validate36(data, instancePath=""){
/*# sourceURL="Quantity" */;
let vErrors = null;
let errors = 0;
if(!(Number.isInteger(data))){
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "integer"}));
}
if(Number.isFinite(data)){
if(data > 10000 || isNaN(data)){
errors = (vErrors ??= []).push(fault(instancePath, "maximum", {limit: 10000}));
}
if(data < 1 || isNaN(data)){
errors = (vErrors ??= []).push(fault(instancePath, "minimum", {limit: 1}));
}
}
validate36.errors = vErrors;
return errors === 0;
}



function validate38(data, instancePath=""){
/*# sourceURL="Amount" */;
let vErrors = null;
let errors = 0;
const _errs1 = errors;
const _errs2 = errors;
if(Number.isFinite(data)){
if(data >= 0.000001 || isNaN(data)){
errors = (vErrors ??= []).push({});
}
else {
if(data <= 0 || isNaN(data)){
errors = (vErrors ??= []).push({});
}
}
}
var valid0 = _errs2 === errors;
if(valid0){
errors = (vErrors ??= []).push(fault(instancePath, "not", {}));
}
else {
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
}
if(Number.isFinite(data)){
if(data > 1000000000 || isNaN(data)){
errors = (vErrors ??= []).push(fault(instancePath, "maximum", {limit: 1000000000}));
}
if(data < 0 || isNaN(data)){
errors = (vErrors ??= []).push(fault(instancePath, "minimum", {limit: 0}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "number"}));
}
validate38.errors = vErrors;
return errors === 0;
}


function validate32(data, instancePath=""){
/*# sourceURL="Item" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.productId === null){
delete data.productId;
}
if(data.unitPrice === null){
delete data.unitPrice;
}
}
if(isObject(data)){
if(data.productName === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "productName"}));
}
if(data.quantity === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "quantity"}));
}
for(const key0 in data){
if(!((((key0 === "productId") || (key0 === "productName")) || (key0 === "quantity")) || (key0 === "unitPrice"))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.productId !== undefined){
if(!(validate33(data.productId, instancePath+"/productId"))){
errors = add(vErrors ??= [], validate33);
}
}
if(data.productName !== undefined){
if(!(validate24(data.productName, instancePath+"/productName"))){
errors = add(vErrors ??= [], validate24);
}
}
if(data.quantity !== undefined){
if(!(validate36(data.quantity, instancePath+"/quantity"))){
errors = add(vErrors ??= [], validate36);
}
}
if(data.unitPrice !== undefined){
if(!(validate38(data.unitPrice, instancePath+"/unitPrice"))){
errors = add(vErrors ??= [], validate38);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate32.errors = vErrors;
return errors === 0;
}


const formats0 = /^(?:AED|AFN|ALL|AMD|ANG|AOA|ARS|AUD|AWG|AZN|BAM|BBD|BDT|BGN|BHD|BIF|BMD|BND|BOB|BOV|BRL|BSD|BTN|BWP|BYN|BZD|CAD|CDF|CHE|CHF|CHW|CLF|CLP|CNY|COP|COU|CRC|CUC|CUP|CVE|CZK|DJF|DKK|DOP|DZD|EGP|ERN|ETB|EUR|FJD|FKP|GBP|GEL|GHS|GIP|GMD|GNF|GTQ|GYD|HKD|HNL|HTG|HUF|IDR|ILS|INR|IQD|IRR|ISK|JMD|JOD|JPY|KES|KGS|KHR|KMF|KPW|KRW|KWD|KYD|KZT|LAK|LBP|LKR|LRD|LSL|LYD|MAD|MDL|MGA|MKD|MMK|MNT|MOP|MRU|MUR|MVR|MWK|MXN|MXV|MYR|MZN|NAD|NGN|NIO|NOK|NPR|NZD|OMR|PAB|PEN|PGK|PHP|PKR|PLN|PYG|QAR|RON|RSD|RUB|RWF|SAR|SBD|SCR|SDG|SEK|SGD|SHP|SLE|SOS|SRD|SSP|STN|SVC|SYP|SZL|THB|TJS|TMT|TND|TOP|TRY|TTD|TWD|TZS|UAH|UGX|USD|USN|UYI|UYU|UYW|UZS|VED|VES|VND|VUV|WST|XAD|XAF|XAG|XAU|XBA|XBB|XBC|XBD|XCD|XCG|XDR|XOF|XPD|XPF|XPT|XSU|XTS|XUA|XXX|YER|ZAR|ZMW|ZWG)$/i;

function validate42(data, instancePath=""){
/*# sourceURL="Currency" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!(formats0.test(data))){
errors = (vErrors ??= []).push(fault(instancePath, "format", {format: "iso-4217"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
validate42.errors = vErrors;
return errors === 0;
}


const pattern4 = new RegExp("^[\\w-]{2,35}$", "u");

function validate44(data, instancePath=""){
/*# sourceURL="Locale" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern4.test(data)){
errors = (vErrors ??= []).push(fault(instancePath, "pattern", {pattern: "^[\\w-]{2,35}$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
validate44.errors = vErrors;
return errors === 0;
}


const pattern5 = new RegExp("^(?!(?:__proto__|constructor)$)[A-Za-z0-9_.:-]{1,64}$", "u");

const pattern6 = new RegExp("^[^\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F-\\x9F\\p{Cs}\\p{Noncharacter_Code_Point}]*$", "u");

function validate47(data, instancePath=""){
/*# sourceURL="Note" */;
let vErrors = null;
let errors = 0;
if(((typeof data !== "string") && (!(Number.isFinite(data)))) && (typeof data !== "boolean")){
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: ["string","number","boolean"]}));
}
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(typeof data !== "string"){
errors = (vErrors ??= []).push({});
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs5 = errors;
if(typeof data === "string"){
if(func2(data) > 500){
errors = (vErrors ??= []).push(fault(instancePath, "maxLength", {limit: 500}));
}
if(!pattern6.test(data)){
errors = (vErrors ??= []).push(fault(instancePath, "pattern", {pattern: "^[^\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F-\\x9F\\p{Cs}\\p{Noncharacter_Code_Point}]*$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
var _valid0 = _errs5 === errors;
valid1 = _valid0;
}
if(!valid1){
errors = (vErrors ??= []).push(fault(instancePath, "if", {failingKeyword: "then"}));
}
const _errs8 = errors;
let valid2 = true;
const _errs9 = errors;
if(!(Number.isFinite(data))){
errors = (vErrors ??= []).push({});
}
var _valid1 = _errs9 === errors;
errors = _errs8;
if(vErrors !== null){
if(_errs8){
vErrors.length = _errs8;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs11 = errors;
const _errs13 = errors;
const _errs14 = errors;
const _errs15 = errors;
const _errs16 = errors;
if(0 !== data){
errors = (vErrors ??= []).push({});
}
var valid4 = _errs16 === errors;
if(valid4){
errors = (vErrors ??= []).push({});
}
else {
errors = _errs15;
if(vErrors !== null){
if(_errs15){
vErrors.length = _errs15;
}
else {
vErrors = null;
}
}
}
if(errors === _errs14){
if(Number.isFinite(data)){
if(data >= 0.000001 || isNaN(data)){
errors = (vErrors ??= []).push({});
}
else {
if(data <= -0.000001 || isNaN(data)){
errors = (vErrors ??= []).push({});
}
}
}
}
var valid3 = _errs14 === errors;
if(valid3){
errors = (vErrors ??= []).push(fault(instancePath, "not", {}));
}
else {
errors = _errs13;
if(vErrors !== null){
if(_errs13){
vErrors.length = _errs13;
}
else {
vErrors = null;
}
}
}
if(Number.isFinite(data)){
if(data > 9007199254740991 || isNaN(data)){
errors = (vErrors ??= []).push(fault(instancePath, "maximum", {limit: 9007199254740991}));
}
if(data < -9007199254740991 || isNaN(data)){
errors = (vErrors ??= []).push(fault(instancePath, "minimum", {limit: -9007199254740991}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "number"}));
}
var _valid1 = _errs11 === errors;
valid2 = _valid1;
}
if(!valid2){
errors = (vErrors ??= []).push(fault(instancePath, "if", {failingKeyword: "then"}));
}
const _errs18 = errors;
let valid5 = true;
const _errs19 = errors;
if(typeof data !== "boolean"){
errors = (vErrors ??= []).push({});
}
var _valid2 = _errs19 === errors;
errors = _errs18;
if(vErrors !== null){
if(_errs18){
vErrors.length = _errs18;
}
else {
vErrors = null;
}
}
if(_valid2){
const _errs21 = errors;
if(typeof data !== "boolean"){
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "boolean"}));
}
var _valid2 = _errs21 === errors;
valid5 = _valid2;
}
if(!valid5){
errors = (vErrors ??= []).push(fault(instancePath, "if", {failingKeyword: "then"}));
}
validate47.errors = vErrors;
return errors === 0;
}


function validate46(data, instancePath=""){
/*# sourceURL="Metadata" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
for(const name0 in data){
if(data[name0] === null){
delete data[name0];
}
}
}
if(isObject(data)){
if(Object.keys(data).length > 50){
errors = (vErrors ??= []).push(fault(instancePath, "maxProperties", {limit: 50}));
}
for(const key0 in data){
const _errs1 = errors;
if(typeof key0 === "string"){
if(!pattern5.test(key0)){
errors = (vErrors ??= []).push(fault(instancePath, "pattern", {pattern: "^(?!(?:__proto__|constructor)$)[A-Za-z0-9_.:-]{1,64}$"}, key0));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}, key0));
}
var valid0 = _errs1 === errors;
if(!valid0){
errors = (vErrors ??= []).push(fault(instancePath, "propertyNames", {propertyName: key0}));
}
}
for(const key1 in data){
if(!(validate47(data[key1], instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")))){
errors = add(vErrors ??= [], validate47);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate46.errors = vErrors;
return errors === 0;
}


function validate21(data, instancePath=""){
/*# sourceURL="CartOrder" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.orderId === null){
delete data.orderId;
}
if(data.currency === null){
delete data.currency;
}
if(data.locale === null){
delete data.locale;
}
if(data.metadata === null){
delete data.metadata;
}
}
if(isObject(data)){
if(data.customer === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "customer"}));
}
if(data.items === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "items"}));
}
if(data.total === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "total"}));
}
for(const key0 in data){
if(!(((((((key0 === "orderId") || (key0 === "customer")) || (key0 === "items")) || (key0 === "total")) || (key0 === "currency")) || (key0 === "locale")) || (key0 === "metadata"))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
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
const _errs6 = errors;
let valid2 = true;
const _errs7 = errors;
if(typeof data1 !== "string"){
errors = (vErrors ??= []).push({});
}
var _valid0 = _errs7 === errors;
errors = _errs6;
if(vErrors !== null){
if(_errs6){
vErrors.length = _errs6;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs9 = errors;
if(!(validate24(data1, instancePath+"/customer"))){
errors = add(vErrors ??= [], validate24);
}
var _valid0 = _errs9 === errors;
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
if(!(validate26(data1, instancePath+"/customer"))){
errors = add(vErrors ??= [], validate26);
}
var _valid1 = _errs14 === errors;
valid3 = _valid1;
}
if(!valid3){
errors = (vErrors ??= []).push(fault(instancePath+"/customer", "if", {failingKeyword: "then"}));
}
}
if(data.items !== undefined){
let data2 = data.items;
if(Array.isArray(data2)){
if(data2.length > 99){
errors = (vErrors ??= []).push(fault(instancePath+"/items", "maxItems", {limit: 99}));
}
if(data2.length < 1){
errors = (vErrors ??= []).push(fault(instancePath+"/items", "minItems", {limit: 1}));
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if((typeof data3 !== "string") && (!(isObject(data3)))){
errors = (vErrors ??= []).push(fault(instancePath+"/items/" + i0, "type", {type: ["string","object"]}));
}
const _errs20 = errors;
let valid7 = true;
const _errs21 = errors;
if(typeof data3 !== "string"){
errors = (vErrors ??= []).push({});
}
var _valid2 = _errs21 === errors;
errors = _errs20;
if(vErrors !== null){
if(_errs20){
vErrors.length = _errs20;
}
else {
vErrors = null;
}
}
if(_valid2){
const _errs23 = errors;
if(!(validate24(data3, instancePath+"/items/" + i0))){
errors = add(vErrors ??= [], validate24);
}
var _valid2 = _errs23 === errors;
valid7 = _valid2;
}
if(!valid7){
errors = (vErrors ??= []).push(fault(instancePath+"/items/" + i0, "if", {failingKeyword: "then"}));
}
const _errs25 = errors;
let valid8 = true;
const _errs26 = errors;
if(!(isObject(data3))){
errors = (vErrors ??= []).push({});
}
var _valid3 = _errs26 === errors;
errors = _errs25;
if(vErrors !== null){
if(_errs25){
vErrors.length = _errs25;
}
else {
vErrors = null;
}
}
if(_valid3){
const _errs28 = errors;
if(!(validate32(data3, instancePath+"/items/" + i0))){
errors = add(vErrors ??= [], validate32);
}
var _valid3 = _errs28 === errors;
valid8 = _valid3;
}
if(!valid8){
errors = (vErrors ??= []).push(fault(instancePath+"/items/" + i0, "if", {failingKeyword: "then"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/items", "type", {type: "array"}));
}
}
if(data.total !== undefined){
if(!(validate38(data.total, instancePath+"/total"))){
errors = add(vErrors ??= [], validate38);
}
}
if(data.currency !== undefined){
if(!(validate42(data.currency, instancePath+"/currency"))){
errors = add(vErrors ??= [], validate42);
}
}
if(data.locale !== undefined){
if(!(validate44(data.locale, instancePath+"/locale"))){
errors = add(vErrors ??= [], validate44);
}
}
if(data.metadata !== undefined){
if(!(validate46(data.metadata, instancePath+"/metadata"))){
errors = add(vErrors ??= [], validate46);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate21.errors = vErrors;
return errors === 0;
}

export const validateProductOrder = validate50;


function validate50(data, instancePath=""){
/*# sourceURL="ProductOrder" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.orderId === null){
delete data.orderId;
}
}
if(isObject(data)){
if(data.productId === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "productId"}));
}
if(data.productName === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "productName"}));
}
if(data.quantity === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "quantity"}));
}
if(data.customerEmail === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "customerEmail"}));
}
for(const key0 in data){
if(!(((((key0 === "orderId") || (key0 === "productId")) || (key0 === "productName")) || (key0 === "quantity")) || (key0 === "customerEmail"))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.orderId !== undefined){
if(!(validate22(data.orderId, instancePath+"/orderId"))){
errors = add(vErrors ??= [], validate22);
}
}
if(data.productId !== undefined){
if(!(validate33(data.productId, instancePath+"/productId"))){
errors = add(vErrors ??= [], validate33);
}
}
if(data.productName !== undefined){
if(!(validate24(data.productName, instancePath+"/productName"))){
errors = add(vErrors ??= [], validate24);
}
}
if(data.quantity !== undefined){
if(!(validate36(data.quantity, instancePath+"/quantity"))){
errors = add(vErrors ??= [], validate36);
}
}
if(data.customerEmail !== undefined){
if(!(validate28(data.customerEmail, instancePath+"/customerEmail"))){
errors = add(vErrors ??= [], validate28);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate50.errors = vErrors;
return errors === 0;
}

export const validateCheckoutOrder = validate56;




function validate58(data, instancePath=""){
/*# sourceURL="Buyer" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.name === null){
delete data.name;
}
if(data.phone === null){
delete data.phone;
}
if(data.company === null){
delete data.company;
}
if(data.taxId === null){
delete data.taxId;
}
}
if(isObject(data)){
if(data.email === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "email"}));
}
for(const key0 in data){
if(!(((((key0 === "name") || (key0 === "email")) || (key0 === "phone")) || (key0 === "company")) || (key0 === "taxId"))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.name !== undefined){
if(!(validate24(data.name, instancePath+"/name"))){
errors = add(vErrors ??= [], validate24);
}
}
if(data.email !== undefined){
if(!(validate24(data.email, instancePath+"/email"))){
errors = add(vErrors ??= [], validate24);
}
}
if(data.phone !== undefined){
if(!(validate24(data.phone, instancePath+"/phone"))){
errors = add(vErrors ??= [], validate24);
}
}
if(data.company !== undefined){
if(!(validate24(data.company, instancePath+"/company"))){
errors = add(vErrors ??= [], validate24);
}
}
if(data.taxId !== undefined){
if(!(validate24(data.taxId, instancePath+"/taxId"))){
errors = add(vErrors ??= [], validate24);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate58.errors = vErrors;
return errors === 0;
}




function validate68(data, instancePath=""){
/*# sourceURL="AddressText" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func2(data) > 255){
errors = (vErrors ??= []).push(fault(instancePath, "maxLength", {limit: 255}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
validate68.errors = vErrors;
return errors === 0;
}


function validate65(data, instancePath=""){
/*# sourceURL="PostalAddress" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.name === null){
delete data.name;
}
if(data.company === null){
delete data.company;
}
if(data.line2 === null){
delete data.line2;
}
if(data.region === null){
delete data.region;
}
}
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
for(const key0 in data){
if(!((((((((key0 === "name") || (key0 === "company")) || (key0 === "line1")) || (key0 === "line2")) || (key0 === "city")) || (key0 === "region")) || (key0 === "postalCode")) || (key0 === "country"))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.name !== undefined){
if(!(validate24(data.name, instancePath+"/name"))){
errors = add(vErrors ??= [], validate24);
}
}
if(data.company !== undefined){
if(!(validate24(data.company, instancePath+"/company"))){
errors = add(vErrors ??= [], validate24);
}
}
if(data.line1 !== undefined){
if(!(validate68(data.line1, instancePath+"/line1"))){
errors = add(vErrors ??= [], validate68);
}
}
if(data.line2 !== undefined){
if(!(validate68(data.line2, instancePath+"/line2"))){
errors = add(vErrors ??= [], validate68);
}
}
if(data.city !== undefined){
if(!(validate68(data.city, instancePath+"/city"))){
errors = add(vErrors ??= [], validate68);
}
}
if(data.region !== undefined){
if(!(validate68(data.region, instancePath+"/region"))){
errors = add(vErrors ??= [], validate68);
}
}
if(data.postalCode !== undefined){
if(!(validate68(data.postalCode, instancePath+"/postalCode"))){
errors = add(vErrors ??= [], validate68);
}
}
if(data.country !== undefined){
if(!(validate68(data.country, instancePath+"/country"))){
errors = add(vErrors ??= [], validate68);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate65.errors = vErrors;
return errors === 0;
}



function validate76(data, instancePath=""){
/*# sourceURL="CheckoutItem" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.discountCodes === null){
delete data.discountCodes;
}
if(data.taxRate === null){
delete data.taxRate;
}
}
if(isObject(data)){
if(data.id === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "id"}));
}
if(data.productId === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "productId"}));
}
if(data.productName === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "productName"}));
}
if(data.quantity === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "quantity"}));
}
if(data.unitPrice === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "unitPrice"}));
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
for(const key0 in data){
if(!(names0.has(key0))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.id !== undefined){
if(typeof data.id !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/id", "type", {type: "string"}));
}
}
if(data.productId !== undefined){
if(!(validate33(data.productId, instancePath+"/productId"))){
errors = add(vErrors ??= [], validate33);
}
}
if(data.productName !== undefined){
if(!(validate24(data.productName, instancePath+"/productName"))){
errors = add(vErrors ??= [], validate24);
}
}
if(data.quantity !== undefined){
if(!(validate36(data.quantity, instancePath+"/quantity"))){
errors = add(vErrors ??= [], validate36);
}
}
if(data.unitPrice !== undefined){
if(!(validate38(data.unitPrice, instancePath+"/unitPrice"))){
errors = add(vErrors ??= [], validate38);
}
}
if(data.discount !== undefined){
if(!(validate38(data.discount, instancePath+"/discount"))){
errors = add(vErrors ??= [], validate38);
}
}
if(data.discountCodes !== undefined){
let data6 = data.discountCodes;
if(Array.isArray(data6)){
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
if(typeof data6[i0] !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/discountCodes/" + i0, "type", {type: "string"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/discountCodes", "type", {type: "array"}));
}
}
if(data.tax !== undefined){
if(!(validate38(data.tax, instancePath+"/tax"))){
errors = add(vErrors ??= [], validate38);
}
}
if(data.taxRate !== undefined){
let data9 = data.taxRate;
if(!(Number.isFinite(data9))){
errors = (vErrors ??= []).push(fault(instancePath+"/taxRate", "type", {type: "number"}));
}
}
if(data.total !== undefined){
if(!(validate38(data.total, instancePath+"/total"))){
errors = add(vErrors ??= [], validate38);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate76.errors = vErrors;
return errors === 0;
}


const formats2 = /^(?:\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)|23:59:60(?:\.\d+)?(?:Z|[+-]00:00))$/i;

function validate85(data, instancePath=""){
/*# sourceURL="Fulfillment" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.earliest === null){
delete data.earliest;
}
if(data.latest === null){
delete data.latest;
}
if(data.recipient === null){
delete data.recipient;
}
if(data.address === null){
delete data.address;
}
if(data.instructions === null){
delete data.instructions;
}
if(data.discountCodes === null){
delete data.discountCodes;
}
if(data.taxRate === null){
delete data.taxRate;
}
}
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
for(const key0 in data){
if(!(names1.has(key0))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.id !== undefined){
if(typeof data.id !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/id", "type", {type: "string"}));
}
}
if(data.type !== undefined){
let data1 = data.type;
if(typeof data1 !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/type", "type", {type: "string"}));
}
if(!(((data1 === "shipping") || (data1 === "pickup")) || (data1 === "digital"))){
errors = (vErrors ??= []).push(fault(instancePath+"/type", "enum", {allowedValues: ["shipping","pickup","digital"]}));
}
}
if(data.title !== undefined){
if(!(validate24(data.title, instancePath+"/title"))){
errors = add(vErrors ??= [], validate24);
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
for(const key1 in data4){
if(!((key1 === "id") || (key1 === "quantity"))){
errors = (vErrors ??= []).push(fault(instancePath+"/items/" + i0, "additionalProperties", {additionalProperty: key1}));
}
}
if(data4.id !== undefined){
if(typeof data4.id !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/items/" + i0+"/id", "type", {type: "string"}));
}
}
if(data4.quantity !== undefined){
if(!(validate36(data4.quantity, instancePath+"/items/" + i0+"/quantity"))){
errors = add(vErrors ??= [], validate36);
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
if(!(formats2.test(data7))){
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
if(!(formats2.test(data8))){
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
if(data9.name === null){
delete data9.name;
}
if(data9.email === null){
delete data9.email;
}
if(data9.phone === null){
delete data9.phone;
}
}
if(isObject(data9)){
for(const key2 in data9){
if(!(((key2 === "name") || (key2 === "email")) || (key2 === "phone"))){
errors = (vErrors ??= []).push(fault(instancePath+"/recipient", "additionalProperties", {additionalProperty: key2}));
}
}
if(data9.name !== undefined){
if(!(validate24(data9.name, instancePath+"/recipient/name"))){
errors = add(vErrors ??= [], validate24);
}
}
if(data9.email !== undefined){
if(!(validate24(data9.email, instancePath+"/recipient/email"))){
errors = add(vErrors ??= [], validate24);
}
}
if(data9.phone !== undefined){
if(!(validate24(data9.phone, instancePath+"/recipient/phone"))){
errors = add(vErrors ??= [], validate24);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/recipient", "type", {type: "object"}));
}
}
if(data.address !== undefined){
if(!(validate65(data.address, instancePath+"/address"))){
errors = add(vErrors ??= [], validate65);
}
}
if(data.instructions !== undefined){
let data14 = data.instructions;
if(typeof data14 === "string"){
if(func2(data14) > 500){
errors = (vErrors ??= []).push(fault(instancePath+"/instructions", "maxLength", {limit: 500}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/instructions", "type", {type: "string"}));
}
}
if(data.price !== undefined){
if(!(validate38(data.price, instancePath+"/price"))){
errors = add(vErrors ??= [], validate38);
}
}
if(data.discount !== undefined){
if(!(validate38(data.discount, instancePath+"/discount"))){
errors = add(vErrors ??= [], validate38);
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
if(!(validate38(data.tax, instancePath+"/tax"))){
errors = add(vErrors ??= [], validate38);
}
}
if(data.taxRate !== undefined){
let data20 = data.taxRate;
if(!(Number.isFinite(data20))){
errors = (vErrors ??= []).push(fault(instancePath+"/taxRate", "type", {type: "number"}));
}
}
if(data.total !== undefined){
if(!(validate38(data.total, instancePath+"/total"))){
errors = add(vErrors ??= [], validate38);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate85.errors = vErrors;
return errors === 0;
}



function validate97(data, instancePath=""){
/*# sourceURL="Tax" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.jurisdiction === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "jurisdiction"}));
}
if(data.rate === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "rate"}));
}
if(data.amount === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "amount"}));
}
for(const key0 in data){
if(!(((key0 === "jurisdiction") || (key0 === "rate")) || (key0 === "amount"))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.jurisdiction !== undefined){
if(typeof data.jurisdiction !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/jurisdiction", "type", {type: "string"}));
}
}
if(data.rate !== undefined){
let data1 = data.rate;
if(!(Number.isFinite(data1))){
errors = (vErrors ??= []).push(fault(instancePath+"/rate", "type", {type: "number"}));
}
}
if(data.amount !== undefined){
if(!(validate38(data.amount, instancePath+"/amount"))){
errors = add(vErrors ??= [], validate38);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate97.errors = vErrors;
return errors === 0;
}



function validate100(data, instancePath=""){
/*# sourceURL="OrderTotal" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.type === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "type"}));
}
if(data.text === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "text"}));
}
if(data.amount === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "amount"}));
}
for(const key0 in data){
if(!(((key0 === "type") || (key0 === "text")) || (key0 === "amount"))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.type !== undefined){
if(typeof data.type !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/type", "type", {type: "string"}));
}
}
if(data.text !== undefined){
if(typeof data.text !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/text", "type", {type: "string"}));
}
}
if(data.amount !== undefined){
if(!(validate38(data.amount, instancePath+"/amount"))){
errors = add(vErrors ??= [], validate38);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate100.errors = vErrors;
return errors === 0;
}



function validate106(data, instancePath=""){
/*# sourceURL="Payment" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.provider === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "provider"}));
}
if(data.id === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "id"}));
}
if(data.state === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "state"}));
}
if(data.amount === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "amount"}));
}
for(const key0 in data){
if(!((((key0 === "provider") || (key0 === "id")) || (key0 === "state")) || (key0 === "amount"))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.provider !== undefined){
if(typeof data.provider !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/provider", "type", {type: "string"}));
}
}
if(data.id !== undefined){
if(typeof data.id !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/id", "type", {type: "string"}));
}
}
if(data.state !== undefined){
if(typeof data.state !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/state", "type", {type: "string"}));
}
}
if(data.amount !== undefined){
if(!(validate38(data.amount, instancePath+"/amount"))){
errors = add(vErrors ??= [], validate38);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate106.errors = vErrors;
return errors === 0;
}


function validate56(data, instancePath=""){
/*# sourceURL="CheckoutOrder" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.billingAddress === null){
delete data.billingAddress;
}
if(data.taxes === null){
delete data.taxes;
}
if(data.taxIncluded === null){
delete data.taxIncluded;
}
if(data.locale === null){
delete data.locale;
}
if(data.notes === null){
delete data.notes;
}
if(data.payment === null){
delete data.payment;
}
if(data.metadata === null){
delete data.metadata;
}
}
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
if(data.fulfillments === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "fulfillments"}));
}
if(data.totals === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "totals"}));
}
if(data.total === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "total"}));
}
if(data.currency === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "currency"}));
}
if(data.checkout === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "checkout"}));
}
for(const key0 in data){
if(!(names2.has(key0))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.orderId !== undefined){
if(!(validate22(data.orderId, instancePath+"/orderId"))){
errors = add(vErrors ??= [], validate22);
}
}
if(data.customer !== undefined){
if(!(validate58(data.customer, instancePath+"/customer"))){
errors = add(vErrors ??= [], validate58);
}
}
if(data.billingAddress !== undefined){
if(!(validate65(data.billingAddress, instancePath+"/billingAddress"))){
errors = add(vErrors ??= [], validate65);
}
}
if(data.items !== undefined){
let data3 = data.items;
if(Array.isArray(data3)){
if(data3.length > 99){
errors = (vErrors ??= []).push(fault(instancePath+"/items", "maxItems", {limit: 99}));
}
if(data3.length < 1){
errors = (vErrors ??= []).push(fault(instancePath+"/items", "minItems", {limit: 1}));
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
if(!(validate76(data3[i0], instancePath+"/items/" + i0))){
errors = add(vErrors ??= [], validate76);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/items", "type", {type: "array"}));
}
}
if(data.fulfillments !== undefined){
let data5 = data.fulfillments;
if(Array.isArray(data5)){
if(data5.length > 99){
errors = (vErrors ??= []).push(fault(instancePath+"/fulfillments", "maxItems", {limit: 99}));
}
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
if(!(validate85(data5[i1], instancePath+"/fulfillments/" + i1))){
errors = add(vErrors ??= [], validate85);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/fulfillments", "type", {type: "array"}));
}
}
if(data.taxes !== undefined){
let data7 = data.taxes;
if(Array.isArray(data7)){
const len2 = data7.length;
for(let i2=0; i2<len2; i2++){
if(!(validate97(data7[i2], instancePath+"/taxes/" + i2))){
errors = add(vErrors ??= [], validate97);
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
let data10 = data.totals;
if(Array.isArray(data10)){
if(data10.length < 1){
errors = (vErrors ??= []).push(fault(instancePath+"/totals", "minItems", {limit: 1}));
}
const len3 = data10.length;
for(let i3=0; i3<len3; i3++){
if(!(validate100(data10[i3], instancePath+"/totals/" + i3))){
errors = add(vErrors ??= [], validate100);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/totals", "type", {type: "array"}));
}
}
if(data.total !== undefined){
if(!(validate38(data.total, instancePath+"/total"))){
errors = add(vErrors ??= [], validate38);
}
}
if(data.currency !== undefined){
if(!(validate42(data.currency, instancePath+"/currency"))){
errors = add(vErrors ??= [], validate42);
}
}
if(data.locale !== undefined){
if(!(validate44(data.locale, instancePath+"/locale"))){
errors = add(vErrors ??= [], validate44);
}
}
if(data.notes !== undefined){
let data15 = data.notes;
if(typeof data15 === "string"){
if(func2(data15) > 5000){
errors = (vErrors ??= []).push(fault(instancePath+"/notes", "maxLength", {limit: 5000}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/notes", "type", {type: "string"}));
}
}
if(data.payment !== undefined){
if(!(validate106(data.payment, instancePath+"/payment"))){
errors = add(vErrors ??= [], validate106);
}
}
if(data.checkout !== undefined){
let data17 = data.checkout;
if(isObject(data17)){
if(data17.clientId === null){
delete data17.clientId;
}
}
if(isObject(data17)){
if(data17.sessionId === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/checkout", "required", {missingProperty: "sessionId"}));
}
for(const key1 in data17){
if(!((key1 === "sessionId") || (key1 === "clientId"))){
errors = (vErrors ??= []).push(fault(instancePath+"/checkout", "additionalProperties", {additionalProperty: key1}));
}
}
if(data17.sessionId !== undefined){
if(typeof data17.sessionId !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/checkout/sessionId", "type", {type: "string"}));
}
}
if(data17.clientId !== undefined){
if(typeof data17.clientId !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/checkout/clientId", "type", {type: "string"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/checkout", "type", {type: "object"}));
}
}
if(data.metadata !== undefined){
if(!(validate46(data.metadata, instancePath+"/metadata"))){
errors = add(vErrors ??= [], validate46);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate56.errors = vErrors;
return errors === 0;
}

export const validateOrderId = validate22;

export const validateCurrency = validate42;

export const validateRefundRequest = validate110;



function validate111(data, instancePath=""){
/*# sourceURL="RefundAmount" */;
let vErrors = null;
let errors = 0;
if(Number.isFinite(data)){
if(data > 1000000000 || isNaN(data)){
errors = (vErrors ??= []).push(fault(instancePath, "maximum", {limit: 1000000000}));
}
if(data <= 0 || isNaN(data)){
errors = (vErrors ??= []).push(fault(instancePath, "exclusiveMinimum", {limit: 0}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "number"}));
}
validate111.errors = vErrors;
return errors === 0;
}

const pattern7 = new RegExp("^[A-Za-z]{3}$", "u");

function validate110(data, instancePath=""){
/*# sourceURL="RefundRequest" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
for(const key0 in data){
if(!((((key0 === "amount") || (key0 === "currency")) || (key0 === "lines")) || (key0 === "reason"))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.amount !== undefined){
if(!(validate111(data.amount, instancePath+"/amount"))){
errors = add(vErrors ??= [], validate111);
}
}
if(data.currency !== undefined){
let data1 = data.currency;
if(typeof data1 === "string"){
if(!pattern7.test(data1)){
errors = (vErrors ??= []).push(fault(instancePath+"/currency", "pattern", {pattern: "^[A-Za-z]{3}$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/currency", "type", {type: "string"}));
}
}
if(data.lines !== undefined){
let data2 = data.lines;
if(Array.isArray(data2)){
if(data2.length > 99){
errors = (vErrors ??= []).push(fault(instancePath+"/lines", "maxItems", {limit: 99}));
}
if(data2.length < 1){
errors = (vErrors ??= []).push(fault(instancePath+"/lines", "minItems", {limit: 1}));
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(isObject(data3)){
if(data3.id === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/lines/" + i0, "required", {missingProperty: "id"}));
}
for(const key1 in data3){
if(!(((key1 === "id") || (key1 === "quantity")) || (key1 === "amount"))){
errors = (vErrors ??= []).push(fault(instancePath+"/lines/" + i0, "additionalProperties", {additionalProperty: key1}));
}
}
if(data3.id !== undefined){
let data4 = data3.id;
if(typeof data4 === "string"){
if(func2(data4) > 64){
errors = (vErrors ??= []).push(fault(instancePath+"/lines/" + i0+"/id", "maxLength", {limit: 64}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/lines/" + i0+"/id", "type", {type: "string"}));
}
}
if(data3.quantity !== undefined){
if(!(validate36(data3.quantity, instancePath+"/lines/" + i0+"/quantity"))){
errors = add(vErrors ??= [], validate36);
}
}
if(data3.amount !== undefined){
if(!(validate111(data3.amount, instancePath+"/lines/" + i0+"/amount"))){
errors = add(vErrors ??= [], validate111);
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
if(data.reason !== undefined){
if(!(validate24(data.reason, instancePath+"/reason"))){
errors = add(vErrors ??= [], validate24);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate110.errors = vErrors;
return errors === 0;
}

export const validateFulfillmentRequest = validate116;



function validate117(data, instancePath=""){
/*# sourceURL="PieceRequests" */;
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
if(data.length > 99){
errors = (vErrors ??= []).push(fault(instancePath, "maxItems", {limit: 99}));
}
if(data.length < 1){
errors = (vErrors ??= []).push(fault(instancePath, "minItems", {limit: 1}));
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(isObject(data0)){
if(data0.id === undefined){
errors = (vErrors ??= []).push(fault(instancePath+"/" + i0, "required", {missingProperty: "id"}));
}
for(const key0 in data0){
if(!((key0 === "id") || (key0 === "quantity"))){
errors = (vErrors ??= []).push(fault(instancePath+"/" + i0, "additionalProperties", {additionalProperty: key0}));
}
}
if(data0.id !== undefined){
let data1 = data0.id;
if(typeof data1 === "string"){
if(func2(data1) > 64){
errors = (vErrors ??= []).push(fault(instancePath+"/" + i0+"/id", "maxLength", {limit: 64}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/" + i0+"/id", "type", {type: "string"}));
}
}
if(data0.quantity !== undefined){
if(!(validate36(data0.quantity, instancePath+"/" + i0+"/quantity"))){
errors = add(vErrors ??= [], validate36);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/" + i0, "type", {type: "object"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "array"}));
}
validate117.errors = vErrors;
return errors === 0;
}


const pattern8 = new RegExp("^https?://[!-~]+$", "u");

function validate122(data, instancePath=""){
/*# sourceURL="WebAddress" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func2(data) > 2000){
errors = (vErrors ??= []).push(fault(instancePath, "maxLength", {limit: 2000}));
}
if(!pattern8.test(data)){
errors = (vErrors ??= []).push(fault(instancePath, "pattern", {pattern: "^https?://[!-~]+$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
validate122.errors = vErrors;
return errors === 0;
}


function validate116(data, instancePath=""){
/*# sourceURL="FulfillmentRequest" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
for(const key0 in data){
if(!(((((((key0 === "fulfillmentId") || (key0 === "type")) || (key0 === "lines")) || (key0 === "status")) || (key0 === "carrier")) || (key0 === "trackingNumber")) || (key0 === "trackingUrl"))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.fulfillmentId !== undefined){
let data0 = data.fulfillmentId;
if(typeof data0 === "string"){
if(func2(data0) > 64){
errors = (vErrors ??= []).push(fault(instancePath+"/fulfillmentId", "maxLength", {limit: 64}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/fulfillmentId", "type", {type: "string"}));
}
}
if(data.type !== undefined){
let data1 = data.type;
if(!(((data1 === "shipping") || (data1 === "pickup")) || (data1 === "digital"))){
errors = (vErrors ??= []).push(fault(instancePath+"/type", "enum", {allowedValues: ["shipping","pickup","digital"]}));
}
}
if(data.lines !== undefined){
if(!(validate117(data.lines, instancePath+"/lines"))){
errors = add(vErrors ??= [], validate117);
}
}
if(data.status !== undefined){
let data3 = data.status;
if(!(((((data3 === "ready_for_pickup") || (data3 === "shipped")) || (data3 === "in_transit")) || (data3 === "out_for_delivery")) || (data3 === "delivered"))){
errors = (vErrors ??= []).push(fault(instancePath+"/status", "enum", {allowedValues: ["ready_for_pickup","shipped","in_transit","out_for_delivery","delivered"]}));
}
}
if(data.carrier !== undefined){
if(!(validate24(data.carrier, instancePath+"/carrier"))){
errors = add(vErrors ??= [], validate24);
}
}
if(data.trackingNumber !== undefined){
if(!(validate24(data.trackingNumber, instancePath+"/trackingNumber"))){
errors = add(vErrors ??= [], validate24);
}
}
if(data.trackingUrl !== undefined){
if(!(validate122(data.trackingUrl, instancePath+"/trackingUrl"))){
errors = add(vErrors ??= [], validate122);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate116.errors = vErrors;
return errors === 0;
}

export const validateFulfillmentChange = validate124;


function validate124(data, instancePath=""){
/*# sourceURL="FulfillmentChange" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(Object.keys(data).length < 1){
errors = (vErrors ??= []).push(fault(instancePath, "minProperties", {limit: 1}));
}
for(const key0 in data){
if(!(((((key0 === "status") || (key0 === "carrier")) || (key0 === "trackingNumber")) || (key0 === "trackingUrl")) || (key0 === "event"))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.status !== undefined){
let data0 = data.status;
if(!((((((data0 === "ready_for_pickup") || (data0 === "shipped")) || (data0 === "in_transit")) || (data0 === "out_for_delivery")) || (data0 === "delivered")) || (data0 === "failed"))){
errors = (vErrors ??= []).push(fault(instancePath+"/status", "enum", {allowedValues: ["ready_for_pickup","shipped","in_transit","out_for_delivery","delivered","failed"]}));
}
}
if(data.carrier !== undefined){
if(!(validate24(data.carrier, instancePath+"/carrier"))){
errors = add(vErrors ??= [], validate24);
}
}
if(data.trackingNumber !== undefined){
if(!(validate24(data.trackingNumber, instancePath+"/trackingNumber"))){
errors = add(vErrors ??= [], validate24);
}
}
if(data.trackingUrl !== undefined){
if(!(validate122(data.trackingUrl, instancePath+"/trackingUrl"))){
errors = add(vErrors ??= [], validate122);
}
}
if(data.event !== undefined){
let data4 = data.event;
if(isObject(data4)){
for(const key1 in data4){
if(!((key1 === "description") || (key1 === "location"))){
errors = (vErrors ??= []).push(fault(instancePath+"/event", "additionalProperties", {additionalProperty: key1}));
}
}
if(data4.description !== undefined){
if(!(validate24(data4.description, instancePath+"/event/description"))){
errors = add(vErrors ??= [], validate24);
}
}
if(data4.location !== undefined){
if(!(validate24(data4.location, instancePath+"/event/location"))){
errors = add(vErrors ??= [], validate24);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/event", "type", {type: "object"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate124.errors = vErrors;
return errors === 0;
}

export const validateCancelRequest = validate130;


function validate130(data, instancePath=""){
/*# sourceURL="CancelRequest" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
for(const key0 in data){
if(!(((key0 === "lines") || (key0 === "reason")) || (key0 === "restock"))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.lines !== undefined){
if(!(validate117(data.lines, instancePath+"/lines"))){
errors = add(vErrors ??= [], validate117);
}
}
if(data.reason !== undefined){
if(!(validate24(data.reason, instancePath+"/reason"))){
errors = add(vErrors ??= [], validate24);
}
}
if(data.restock !== undefined){
if(typeof data.restock !== "boolean"){
errors = (vErrors ??= []).push(fault(instancePath+"/restock", "type", {type: "boolean"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate130.errors = vErrors;
return errors === 0;
}

export const validateNoteRequest = validate133;


function validate133(data, instancePath=""){
/*# sourceURL="NoteRequest" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.text === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "text"}));
}
for(const key0 in data){
if(!((key0 === "text") || (key0 === "audience"))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.text !== undefined){
let data0 = data.text;
if(typeof data0 === "string"){
if(func2(data0) > 2000){
errors = (vErrors ??= []).push(fault(instancePath+"/text", "maxLength", {limit: 2000}));
}
if(func2(data0) < 1){
errors = (vErrors ??= []).push(fault(instancePath+"/text", "minLength", {limit: 1}));
}
if(!pattern6.test(data0)){
errors = (vErrors ??= []).push(fault(instancePath+"/text", "pattern", {pattern: "^[^\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F-\\x9F\\p{Cs}\\p{Noncharacter_Code_Point}]*$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/text", "type", {type: "string"}));
}
}
if(data.audience !== undefined){
let data1 = data.audience;
if(!((data1 === "internal") || (data1 === "customer"))){
errors = (vErrors ??= []).push(fault(instancePath+"/audience", "enum", {allowedValues: ["internal","customer"]}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate133.errors = vErrors;
return errors === 0;
}

export const rules = {
    "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$": "must be 1 to 64 letters, digits or . _ - and begin with a letter or digit",
    "^(?![\\s\\p{Z}\\p{M}\\p{Cf}\\p{Default_Ignorable_Code_Point}\\u2800]*$)[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$": "must have something to read, and no control characters, lone surrogates or noncharacters",
    "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$": "must be an e-mail address",
    "^[!-~]{1,64}$": "must be 1 to 64 visible ASCII characters",
    "^[\\w-]{2,35}$": "must be like de-AT",
    "^(?!(?:__proto__|constructor)$)[A-Za-z0-9_.:-]{1,64}$": "must be named with 1 to 64 letters, digits or _ . : -, and not as objects name their own members",
    "^[^\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F-\\x9F\\p{Cs}\\p{Noncharacter_Code_Point}]*$": "must not have control characters other than line breaks and tabs, lone surrogates or noncharacters",
    "^[A-Za-z]{3}$": "must be a currency of ISO 4217",
    "^https?://[!-~]+$": "must be an address that begins with http:// or https://"
};
